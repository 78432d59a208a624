import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

/**
 * Say until when a unit may be used.
 *
 * @param {string|false} day its last day
 * @param {number|false} days the days that are left; negative since
 * @returns {{text: string, isOver: boolean}|null} null for a unit of which nobody knows
 */
export function describeExpiry(day, days) {
    if (!day) {
        return null;
    }
    const date = formatDate(deserializeDate(day));
    const text = days < 0 ? _t("Expired %s", date) : _t("Expires %s", date);
    return { text, isOver: days < 0 };
}

/**
 * Say until when a unit is in warranty, or since when it is not any more.
 *
 * @param {string|false} end the last day, as the server writes it
 * @param {number} days the days left, negative since then
 * @returns {{text: string, isOver: boolean}|null} null when it is not known
 */
export function describeWarranty(end, days) {
    if (!end) {
        return null;
    }
    return { text: warrantyText(formatDate(deserializeDate(end)), days), isOver: days < 0 };
}

function warrantyText(date, days) {
    switch (days) {
        case 1:
            return _t("In warranty until %s, 1 day left", date);
        case 0:
            return _t("In warranty until today, %s", date);
        case -1:
            return _t("Warranty expired yesterday, %s", date);
    }
    return days > 0
        ? _t("In warranty until %(date)s, %(days)s days left", { date, days })
        : _t("Warranty expired %(days)s days ago, %(date)s", { date, days: -days });
}
