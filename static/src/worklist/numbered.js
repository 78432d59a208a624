import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const SHOWN_MS = 60_000; // as long as somebody may notice a mistake

/** Say how many units got their numbers. */
function describe(count) {
    return count === 1 ? _t("1 unit got its number.") : _t("%s units got their numbers.", count);
}

/** Say how many numbers were taken back, and which stay. */
function describeUndone({ count, kept, known }) {
    const texts = [];
    if (count) {
        texts.push(
            count === 1
                ? _t("1 number was taken back: its unit waits again.")
                : _t("%s numbers were taken back: their units wait again.", count),
        );
    }
    if (kept.length) {
        texts.push(_t("These stay, because something happened to their units since: %s.", kept.join(", ")));
    }
    if (known.length) {
        texts.push(
            _t(
                "These stay, because they were known before and are one with the units that got them: %s.",
                known.join(", "),
            ),
        );
    }
    return texts.join(" ") || _t("There are no numbers of yours to take back.");
}

/** Take numbers back by a method, say what became of them, and show the screen anew. */
export async function takeBack({ notification, orm, action }, method, args) {
    const undone = await orm.call("serial.numbering", method, args);
    const isAll = undone.count && !undone.kept.length && !undone.known.length;
    notification.add(describeUndone(undone), { type: isAll ? "success" : "warning" });
    await action.doAction("soft_reload");
}

/** Says what the entry window of the worklist did, and takes it back for who wants that. */
export function numbered(env, { params }) {
    const close = env.services.notification.add(describe(params.count), {
        type: "success",
        autocloseDelay: SHOWN_MS,
        buttons: [
            {
                name: _t("Undo"),
                onClick: async () => {
                    close();
                    await takeBack(env.services, "action_undo", [params.ids]);
                },
            },
        ],
    });
    return { type: "ir.actions.client", tag: "soft_reload" };
}

registry.category("actions").add("serial_numbered", numbered);
