import { describe, expect, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";

import { Reconnect } from "@serial_number_tracking/entry/reconnect";

describe.current.tags("headless");

test("it is tried at longer and longer intervals until it is done", async () => {
    const reconnect = new Reconnect(async () => {
        expect.step("tried");
        if (++tries === 3) {
            reconnect.stop();
        }
    });
    let tries = 0;
    reconnect.start();
    await advanceTime(1500);
    expect.verifySteps([]);
    await advanceTime(1000);
    expect.verifySteps(["tried"]);
    await advanceTime(3000);
    expect.verifySteps([]);
    await advanceTime(1000);
    expect.verifySteps(["tried"]);
    await advanceTime(9000);
    expect.verifySteps(["tried"]);
    await advanceTime(60000);
    expect.verifySteps([]);
});

test("it is tried at once when the device has a network again, and no more once it stopped", async () => {
    const reconnect = new Reconnect(async () => expect.step("tried"));
    reconnect.start();
    window.dispatchEvent(new Event("online"));
    await advanceTime(0);
    expect.verifySteps(["tried"]);
    reconnect.stop();
    window.dispatchEvent(new Event("online"));
    await advanceTime(60000);
    expect.verifySteps([]);
});

test("a connection that is lost again by what the answer sent leaves no second timer behind", async () => {
    const reconnect = new Reconnect(async () => {
        expect.step("tried");
        reconnect.stop();
        reconnect.start(); // lost again
    });
    reconnect.start();
    await advanceTime(2500);
    expect.verifySteps(["tried"]);
    reconnect.stop();
    await advanceTime(60000);
    expect.verifySteps([]);
});
