import { UNITS_PER_PAGE } from "./entry_state";

/** The pages of what is entered, and announced, for the active product. */
export class UnitPages {
    /**
     * @param {import("./entry_server").EntryServer} server
     * @param {import("./entry_state").EntryState} state
     */
    constructor(server, state) {
        this.server = server;
        this.state = state;
    }

    load(offset) {
        return this.server.inOrder(() => this.server.guard(() => this.read(offset)));
    }

    loadAnnounced(offset) {
        return this.server.inOrder(() => this.server.guard(() => this._readAnnounced(offset)));
    }

    /** Read a page, within what is done in order already. */
    async read(offset) {
        const lineId = this.state.activeId;
        if (!lineId) {
            return;
        }
        await this._readAnnounced(this.state.announced?.offset || 0);
        const { total, rows } = await this.server.call("get_units", lineId, offset, UNITS_PER_PAGE);
        if (!rows.length && offset) {
            return this.read(Math.max(0, offset - UNITS_PER_PAGE));
        }
        if (lineId === this.state.activeId) {
            this.state.units = { lineId, total, rows, offset };
            this.state.cursor = Math.min(this.state.cursor, Math.max(0, rows.length - 1));
        }
    }

    async _readAnnounced(offset) {
        const lineId = this.state.activeId;
        if (this.state.active.announced) {
            const announced = await this.server.call("get_announced", lineId, offset, UNITS_PER_PAGE);
            if (lineId === this.state.activeId) {
                this.state.announced = { ...announced, offset };
            }
        }
    }

    /**
     * Move to the next or the previous unit, and on to the next or the previous page.
     *
     * @param {1|-1} step
     */
    async moveCursor(step) {
        const { offset, rows, total } = this.state.units;
        const cursor = this.state.cursor + step;
        this.state.lastName = "";
        if (rows[cursor]) {
            this.state.cursor = cursor;
        } else if (offset + cursor >= 0 && offset + cursor < total) {
            await this.load(offset + step * UNITS_PER_PAGE);
            this.state.cursor = step > 0 ? 0 : this.state.units.rows.length - 1;
        }
    }
}
