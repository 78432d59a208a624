import { describe, expect, test } from "@odoo/hoot";

import { isPicture, readNumber, shrinkPicture } from "@serial_number_tracking/entry/photo";

describe.current.tags("desktop");

/** Return a picture of one colour. */
function makePicture(width, height) {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width, height });
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

async function measure(content) {
    const image = document.createElement("img");
    image.src = `data:image/jpeg;base64,${content}`;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
}

test("a picture is of the number that its file's name says", () => {
    expect(readNumber({ name: "SN-1.24.jpg" })).toBe("SN-1.24");
    expect(readNumber({ name: " A1 .JPEG" })).toBe("A1");
    expect(isPicture({ type: "image/png" })).toBe(true);
    expect(isPicture({ type: "text/csv" })).toBe(false);
});

test("a large picture is made small, a small one stays as it is", async () => {
    expect(await measure(await shrinkPicture(await makePicture(3200, 800)))).toEqual([1600, 400]);
    expect(await measure(await shrinkPicture(await makePicture(30, 20)))).toEqual([30, 20]);
});

test("what is no picture is refused", async () => {
    await expect(shrinkPicture(new Blob(["A1"], { type: "image/png" }))).rejects.toThrow();
});
