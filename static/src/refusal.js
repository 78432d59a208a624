import { RPCError } from "@web/core/network/rpc";

/**
 * Tell whether an error is the server's answer to the user, and not a fault in the program.
 *
 * @param {Error} error
 * @returns {boolean}
 */
export function isRefusal(error) {
    return (
        error instanceof RPCError &&
        Boolean(error.exceptionName?.startsWith("odoo.exceptions.")) &&
        error.exceptionName !== "odoo.exceptions.RedirectWarning"
    );
}

/**
 * Tell whether the server has not answered because the user is to log in again.
 *
 * @param {Error} error
 * @returns {boolean}
 */
export function isExpired(error) {
    return error.exceptionName === "odoo.http.SessionExpiredException";
}
