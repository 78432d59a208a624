import { _t } from "@web/core/l10n/translation";

/** What returned units can go back as; with Shift, a key is for all of them. */
export const RETURN_STATUSES = [
    { value: "available", label: _t("Available"), hotkey: "o" },
    { value: "hold", label: _t("Hold"), hotkey: "h" },
    { value: "void", label: _t("Void"), hotkey: "v" },
];
