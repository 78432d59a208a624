import { _t } from "@web/core/l10n/translation";

/** What returned units can go back as; with Shift, a key is for all of them. */
export const RETURN_STATUSES = [
    { value: "available", label: _t("Available"), hotkey: "o" },
    { value: "hold", label: _t("Hold"), hotkey: "h" },
    { value: "void", label: _t("Void"), hotkey: "v" },
];

/** All that units of a line can go back as: what other addons brought has no key. */
export function getReturnStatuses(line) {
    return [...RETURN_STATUSES, ...(line.more_statuses || [])];
}
