"""The forms that can be printed here, by their number in the register of clauses."""

from dataclasses import dataclass

from hemu.papers.rules import Paper
from hemu.request_papers.forms.case import NO_VISIT, NOBODY, House
from hemu.request_papers.forms.complaint import complaint, notice
from hemu.request_papers.forms.registers import complaints, contacts
from hemu.request_papers.forms.repair import repair
from hemu.request_papers.forms.visit import visit


@dataclass(frozen=True)
class Form:
    """A form.

    Attributes:
        code: its number in `clauses.toml`.
        types: the types of cases it is for; none: any.
        listed: it can be printed as a register of a time.
        about: ``case`` or ``visit``.
    """

    code: str
    name: str
    types: frozenset[str]
    listed: bool
    about: str = "case"


COMPLAINT = frozenset({"complaint"})
REPAIRS = frozenset({"repair_home", "repair_public"})
FORMS = {
    form.code: form
    for form in (
        Form("F-04", "来电来访记录表", frozenset(), True),
        Form("F-11", "业主投诉登记表", COMPLAINT, True),
        Form("F-12", "业主投诉处理通知单", COMPLAINT, True),
        Form("F-35", "维修单", REPAIRS, True),
        Form("F-36", "回访记录", frozenset(), True, "visit"),
    )
}


def blank(code: str, house: House) -> Paper:
    """Return a blank form."""
    match code:
        case "F-04":
            return contacts(house, "", [])
        case "F-11":
            return complaint(house, NOBODY)
        case "F-12":
            return notice(house, NOBODY)
        case "F-35":
            return repair(house, NOBODY)
        case _:
            return visit(house, NO_VISIT)


__all__ = ["FORMS", "Form", "blank", "complaint", "complaints", "contacts", "notice", "repair", "visit"]
