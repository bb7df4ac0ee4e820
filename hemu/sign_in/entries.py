"""What is written into the book about ways in; the subject is the member of staff."""

from hemu.ledger.entries import Kind

KINDS = (
    Kind("account.code_given", {"ends_on": str}, frozenset({"ends_on"})),
    Kind("account.password_set", {"means": str}, frozenset({"means"})),
    Kind("factor.enrolled"),
    Kind("factor.removed"),
    Kind("factor.reset"),
    Kind("factor.recovery_used", {"left": int}, frozenset({"left"})),
)
