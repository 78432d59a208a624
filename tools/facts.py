"""What the register knows of a unit, by whom it concerns and when it ends: plain Python, no database."""

# Facts that end when a unit is back in stock.
CUSTOMER_FACTS = (
    "customer_id",
    "sale_line_id",
    "delivery_move_id",
    "invoice_line_id",
    "date_sold",
    "warranty_end",
    "end_user_id",
    "date_registered",
    "registration_channel",
    "warranty_fixed",
)
# Those of them that only units have which a customer has, or is to have.
SALE_FACTS = {"customer_id", "sale_line_id", "delivery_move_id", "invoice_line_id", "date_sold", "warranty_end"}
PROMISE_FACTS = {"customer_id", "sale_line_id"}  # of them, what designated units have as well
# Facts that end when a unit is no longer on hold.
HOLD_FACTS = ("hold_reason", "hold_reason_id", "hold_until")
VENDOR_FACTS = ("vendor_id", "purchase_line_id", "receipt_move_id", "date_received", "vendor_warranty_end")
# What the register alone may write.
KEPT = {
    *("name_key", "product_id", "company_id", "uncovered", "event_ids", "move_ids", "invoice_line_ids"),
    *("former_customer_id", "former_warranty_end", "owner_id", "package_id"),
}
EVERYDAY = {"note", "serial_properties", "end_user_id"}
