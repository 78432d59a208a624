"""What becomes of units that were announced when a transfer is done or ends without them."""


def get_announced_lines(moves):
    """Return the purchase order lines of these moves whose vendors announced units."""
    return moves.sudo().purchase_line_id.filtered("has_announced_serials")


def note_not_come(ended):
    """Keep in the history which announced units a receipt did not bring; they stay expected while they can come."""
    done = ended.filtered(lambda move: move.state == "done" and move._serial_purchase_line())
    for line, moves in done.grouped("purchase_line_id").items():
        document = moves[0]._serial_document()
        note = ended.env._("Announced for %s, did not come.", document)
        if moves.sudo().serial_ids.filtered(lambda unit: not unit.name):
            note = ended.env._("Announced for %s, and not among the numbers that were entered.", document)
        lines = get_announced_lines(moves)
        lines._withdraw_surplus(note)
        units = lines._get_named_units()
        event = units._prepare_event_vals(
            "expected", partner=line.sudo().order_id.partner_id, source=moves[0], note=note
        )
        units._record_change("expected", {}, event)
