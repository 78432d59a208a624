"""Who may do what: the tables that the access tests hold the addon against.

A new model is a row of MAY, a new public method a word in a row of CALLS. Records, and the windows that the methods
are called on, come from access_records.
"""

ADDON = "serial_number_tracking"
GROUPS = {
    "salesman": "sales_team.group_sale_salesman",
    "accountant": "account.group_account_invoice",
    "auditor": "account.group_account_readonly",
    "buyer": "purchase.group_purchase_user",
    "stock": "stock.group_stock_user",
    "user": f"base.group_user,{ADDON}.group_serial_number_user",
    "serials": f"base.group_user,{ADDON}.group_serial_number_manager",
    "manager": f"stock.group_stock_manager,{ADDON}.group_serial_number_manager",
    "plain": "base.group_user",
    "portal": "base.group_portal",
    "public": "base.group_public",
}
LOOKUP = ("salesman", "accountant", "buyer")
WAREHOUSE = ("stock", "manager")
MANAGERS = ("serials", "manager")
CLERKS = ("stock", "user", *MANAGERS)
LOOKERS = (*LOOKUP, *CLERKS)
# Whom Odoo lets see and change these documents, beside looking units up.
TRANSFERS = (*LOOKUP, *WAREHOUSE)
ORDERS = ("buyer", "accountant", *WAREHOUSE)
SALES = ("salesman", "accountant", *WAREHOUSE)
INSIDERS = (*LOOKERS, "auditor", "plain")
OUTSIDERS = ("portal", "public")
OPERATIONS = ("read", "write", "create", "unlink")
EVERYBODY = " ".join(OPERATIONS)
PRODUCT_BUTTONS = "action_view_serials action_view_missing_serials action_view_kept_serials"

# model: who may do what; those who are not named may do nothing.
MAY = {
    "serial.number": {
        **dict.fromkeys(LOOKUP, "read"),
        **dict.fromkeys(("stock", "user"), "read write"),
        **dict.fromkeys(MANAGERS, "read write create"),
    },
    "serial.event": dict.fromkeys(LOOKERS, "read"),
    "serial.hold.reason": {**dict.fromkeys((*LOOKUP, "stock", "user"), "read"), **dict.fromkeys(MANAGERS, EVERYBODY)},
    "serial.identity": {**dict.fromkeys(LOOKUP, "read"), **dict.fromkeys(CLERKS, EVERYBODY)},
    "serial.identity.kind": {
        **dict.fromkeys((*LOOKUP, "stock", "user", "auditor", "plain"), "read"),
        **dict.fromkeys(MANAGERS, EVERYBODY),
    },
    "serial.entry": dict.fromkeys(LOOKERS, EVERYBODY),
    "serial.entry.line": dict.fromkeys(LOOKERS, EVERYBODY),
    "serial.entry.unit": dict.fromkeys(LOOKERS, "read write unlink"),
    "serial.job": dict.fromkeys(LOOKERS, "read unlink"),
    "serial.label.layout": dict.fromkeys(LOOKERS, EVERYBODY),
    "serial.register": dict.fromkeys(CLERKS, EVERYBODY),
    "serial.registration.attempt": {},
    "serial.call": {},
    "serial.number.key": {},
    "serial.return": dict.fromkeys(CLERKS, EVERYBODY),
    "serial.return.line": dict.fromkeys(CLERKS, EVERYBODY),
    "serial.count": dict.fromkeys(WAREHOUSE, EVERYBODY),
    "serial.count.line": dict.fromkeys(WAREHOUSE, "read"),
    "serial.adopt": dict.fromkeys(MANAGERS, EVERYBODY),
    "serial.correct": dict.fromkeys(MANAGERS, EVERYBODY),
    "serial.correct.line": dict.fromkeys(MANAGERS, EVERYBODY),
    "serial.privacy": dict.fromkeys(MANAGERS, EVERYBODY),
    "serial.reconcile": dict.fromkeys(MANAGERS, EVERYBODY),
    "serial.recall": {
        **dict.fromkeys(LOOKUP, "read"),
        **dict.fromkeys(("stock", "user"), "read write create"),
        **dict.fromkeys(MANAGERS, EVERYBODY),
    },
    "serial.recall.line": {**dict.fromkeys(LOOKUP, "read"), **dict.fromkeys(CLERKS, "read unlink")},
    "serial.recall.partner": {**dict.fromkeys(LOOKUP, "read"), **dict.fromkeys(CLERKS, "read write")},
    "serial.recall.add": dict.fromkeys(CLERKS, EVERYBODY),
    "serial.recall.close": dict.fromkeys(MANAGERS, EVERYBODY),
    "serial.recall.email": dict.fromkeys(MANAGERS, EVERYBODY),
    "serial.reconciliation": dict.fromkeys(CLERKS, "read"),
    "serial.report": dict.fromkeys(LOOKERS, EVERYBODY),
    "serial.series": {
        **dict.fromkeys((*LOOKUP, "stock", "user", "auditor", "plain"), "read"),
        **dict.fromkeys(MANAGERS, EVERYBODY),
    },
    "serial.series.number": dict.fromkeys(MANAGERS, "read write"),
    "serial.numbering": dict.fromkeys(CLERKS, "read"),
    "serial.setup": dict.fromkeys(CLERKS, EVERYBODY),
    "serial.status.change": dict.fromkeys(CLERKS, EVERYBODY),
}

# model, the record that the methods are called on, who may call them, the methods.
CALLS = (
    ("account.move", "invoice", ("accountant",), "action_view_serials action_view_missing_serials"),
    ("account.move", "invoice", ("accountant", "auditor"), "action_view_serial_deliveries"),
    ("account.move", "invoice", ("accountant",), "action_deliver_serials"),
    ("account.move", "invoice", (), "action_correct_serials"),  # for managers who also may change invoices
    ("account.move.line", "invoice_line", ("accountant",), "assign_serials check_serials"),
    ("base_import.import", "import", MANAGERS, "action_import_in_background"),
    ("base_import.import", "import", CLERKS, "execute_import parse_preview"),
    ("product.product", "product", LOOKERS, PRODUCT_BUTTONS),
    ("product.product", "product", INSIDERS, "get_serial_setup_action"),
    (
        "product.template",
        "template",
        LOOKERS,
        "action_view_serials action_view_missing_serials action_view_kept_serials",
    ),
    ("product.template", "template", INSIDERS, "get_serial_setup_action"),
    ("product.template", "template", MANAGERS, "action_serial_lots"),
    ("product.template", "template", (), "action_learn_serial_format"),  # for those who may change products
    ("purchase.order", "purchase", ORDERS, "action_announce_serials action_view_serials action_view_missing_serials"),
    ("purchase.order.line", "purchase_line", ORDERS, "announce_serials"),
    ("res.partner", "customer", LOOKERS, "action_view_serials action_view_missing_serials"),
    ("sale.order", "sale", SALES, "action_designate_serials action_view_serials action_view_missing_serials"),
    ("sale.order.line", "sale_line", SALES, "action_designate_serials designate_serials"),
    ("serial.adopt", "adopt", (), "action_apply"),  # for managers who also may change products
    (
        "serial.count",
        "counted",
        WAREHOUSE,
        "action_apply action_cancel action_scan action_view_moves add_serials choose_product get_state remove_scans",
    ),
    ("serial.count", "counted_done", WAREHOUSE, "action_undo"),
    ("serial.correct", "correct", ("manager",), "action_apply"),
    ("serial.correct", "correct", MANAGERS, "action_read_table"),
    ("stock.lot", "lot", WAREHOUSE, "action_view_serials action_view_missing_serials"),
    ("serial.entry", "entry_empty", LOOKERS, "action_cancel action_discard"),
    ("serial.entry", "entry", TRANSFERS, "action_confirm get_state undo use_all_blanks"),
    ("serial.entry", "entry_count", WAREHOUSE, "action_confirm"),
    ("serial.entry", "entry_scrap", WAREHOUSE, "action_confirm"),
    ("serial.entry", "entry_invoice", ("accountant",), "action_confirm"),
    ("serial.entry", "entry_purchase", ORDERS, "action_confirm"),
    ("serial.entry", "entry_sale", SALES, "action_confirm"),
    (
        "serial.entry.line",
        "entry_line",
        TRANSFERS,
        "add_serials choose_number enter_file enter_proposals enter_range enter_text get_announced get_last_number "
        "get_list_domain get_takeable_domain get_units remember_gtin keep_asking release_serial remove_serials "
        "set_reason use_blanks",
    ),
    ("serial.entry.line", "entry_line_return", TRANSFERS, "set_return_status"),
    ("serial.entry.line", "entry_line_count", LOOKERS, "set_vendor"),
    ("serial.entry.line", "entry_line", TRANSFERS, "generate_serials get_beside set_beside set_photo"),
    ("serial.label.layout", "label_layout", LOOKERS, "action_print"),
    (
        "serial.number",
        "available",
        LOOKERS,
        "action_view_parts get_cards get_first_steps get_number_question get_start look_up read_label",
    ),
    ("serial.number", "blank", CLERKS, "action_generate_numbers"),
    ("serial.number", "sold", WAREHOUSE, "action_return"),
    ("serial.number", "available", TRANSFERS, "action_view_transfers"),
    ("serial.number", "available", CLERKS, "action_designate action_hold"),
    ("serial.number", "sold", CLERKS, "action_register"),
    ("serial.number", "held", CLERKS, "action_release"),
    ("serial.number", "available", MANAGERS, "action_void"),
    ("serial.number", "void", MANAGERS, "action_restore"),
    ("serial.number", "waiting", CLERKS, "action_enter_missing"),
    ("serial.numbering", "numbering", CLERKS, "action_number action_undo action_undo_last check_serials"),
    ("serial.numbering", "numbering", (), "assign_serials"),  # the window enters them
    ("serial.privacy", "privacy", MANAGERS, "action_erase action_export"),
    ("serial.recall", "recall_draft", CLERKS, "action_start"),
    ("serial.recall", "recall", CLERKS, "action_add action_find_leftover action_hold"),
    ("serial.recall", "recall", MANAGERS, "action_cancel action_close action_email action_review_email"),
    ("serial.recall", "recall_done", MANAGERS, "action_reopen"),
    (
        "serial.recall",
        "recall",
        LOOKERS,
        "action_preview_email action_print action_print_letters action_view_blanks action_view_lines "
        "action_view_partners",
    ),
    ("serial.recall.add", "recall_add", CLERKS, "action_add"),
    ("serial.recall.close", "recall_close", MANAGERS, "action_confirm"),
    ("serial.recall.email", "recall_email", MANAGERS, "action_send"),
    ("serial.recall.partner", "notice", MANAGERS, "action_email"),
    ("serial.recall.partner", "notice", CLERKS, "action_mark_notified action_reset"),
    ("serial.recall.partner", "notice", LOOKERS, "action_print action_view_units"),
    ("serial.reconcile", "reconcile", MANAGERS, "action_apply"),
    ("serial.reconciliation", "lacking", MANAGERS, "action_create_placeholders"),
    ("serial.reconciliation", "surplus", MANAGERS, "action_close_surplus"),
    ("serial.reconciliation", "uncovered", MANAGERS, "action_close_uncovered action_exchange_invoiced"),
    ("serial.reconciliation", "uncovered", CLERKS, "action_view_blanks action_view_units"),
    ("serial.register", "register", CLERKS, "action_register"),
    ("serial.job", "job", LOOKERS, "action_cancel action_refresh"),
    ("serial.job", "job_failed", LOOKERS, "action_retry"),
    ("serial.report", "report", LOOKERS, "action_export_in_background action_export_xlsx action_open action_print"),
    ("serial.return", "return", WAREHOUSE, "action_create take_back"),
    ("serial.return", "scan", WAREHOUSE, "action_find"),
    ("serial.return", "scan", CLERKS, "add_serials get_desk get_state"),
    ("serial.series", "series", MANAGERS, "action_view_taken"),
    ("serial.series.number", "series_number", MANAGERS, "action_give_back"),
    ("serial.setup", "setup", CLERKS, "action_enter action_later"),
    ("serial.status.change", "status_change", CLERKS, "action_apply"),
    ("stock.move", "move", TRANSFERS, "assign_serials check_serials"),
    ("stock.picking", "transfer", TRANSFERS, "action_enter_serials action_view_serials action_view_missing_serials"),
    ("stock.picking", "transfer", TRANSFERS, "action_scan_serials"),
    ("stock.picking.type", "kind", LOOKERS, "action_view_missing_serials"),
    ("stock.picking", "transfer", (*TRANSFERS, "auditor"), "find_serial_work"),
    ("stock.picking", "transfer", INSIDERS, "count_serial_work"),
    ("stock.picking", "transfer", TRANSFERS, "process_serials"),
    ("stock.picking", "receipt", TRANSFERS, "action_print_serial_labels"),
    ("stock.picking", "transfer", (*LOOKUP, "auditor"), "action_view_serial_invoices"),
    ("stock.picking", "receipt", ("manager",), "action_correct_serials"),
    ("stock.quant", "count", LOOKERS, "action_view_serials action_view_missing_serials"),
)
# Odoo's own methods, which the addon only extends: Odoo's own rights hold, and those of MAY.
ODOO = [
    "action_apply_inventory",
    "action_create_exchanges",
    "action_post",
    "action_validate",
    "button_cancel",
    "button_draft",
    "button_validate",
    "copy",
    "copy_data",
    "create",
    "default_get",
    "export_data",
    "fields_get",
    "get_import_templates",
    "get_property_definition",
    "load",
    "onchange",
    "unlink",
    "write",
]
# What belongs to no company, or only looks units up: other companies may, and find nothing of ours.
SHARED = (
    "product",
    "template",
    "customer",
    "entry_empty",
    "import",
    "job",
    "job_failed",
    "privacy",
    "report",
    "scan",
    "series",
    "series_number",
    "setup",
)


def get_calls(calls=CALLS):
    """Return (model, record, who may, method) for each method of a table."""
    for model, name, may, methods in calls:
        for method in methods.split():
            yield model, name, may, method
