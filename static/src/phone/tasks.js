import { _t } from "@web/core/l10n/translation";

/**
 * What can be done on the phone. A task shows a list of open transfers (`work`), a screen of the page (`screen`), or
 * opens an action (`action`). This is the one place where counting is plugged in.
 */
export function getTasks() {
    return [
        { key: "receive", label: _t("Receive"), icon: "fa-sign-in", work: "receive" },
        { key: "ship", label: _t("Ship"), icon: "fa-truck", work: "ship" },
        {
            key: "take_back",
            label: _t("Take Back"),
            icon: "fa-undo",
            work: "take_back",
            also: {
                label: _t("Order not known: scan what came back"),
                action: "serial_number_tracking.serial_return_desk_action",
            },
        },
        {
            key: "count",
            label: _t("Count Stock"),
            icon: "fa-list-ol",
            action: "serial_number_tracking.serial_count_action",
            ofStock: true,
        },
        { key: "look_up", label: _t("Look Up"), icon: "fa-search", screen: "look_up" },
    ];
}
