"""Which duties may be put off or excused: only where a clause of the register says so, and by whom it says (OC-21, SV-14, CM-18)."""

from dataclasses import dataclass

from hemu.sop.register import load_register

LEADERS = frozenset({"general_manager"})
"""Who is a leader of the company besides those whom a clause names (公司领导)."""


@dataclass(frozen=True)
class Allowance:
    """What one clause allows.

    Attributes:
        by: the clause that allows it; its actors consent beforehand.
        clauses: whose duties.
        excuse: the duty may be called off for its period as well as put off.
        mid_year: only of the first half of a year (年中).
    """

    by: str
    clauses: tuple[str, ...]
    excuse: bool = False
    mid_year: bool = False

    @property
    def roles(self) -> frozenset[str]:
        """Return the roles that may consent."""
        return frozenset(load_register().clause(self.by).actors) | LEADERS


ALLOWANCES = (
    Allowance("OC-21", ("OC-01", "OC-01k"), excuse=True),  # 异常情况可延期或取消当季会议
    Allowance("SV-14", ("SV-01", "SV-01q"), mid_year=True),  # 异常情况下年中的意见调查可延期
    Allowance("CM-18", ("CM-02",)),  # 异常情况下恳谈会可延期
)
MID_YEAR_ENDS = 6


def allowance_for(clause: str, *, month: int) -> Allowance | None:
    """Return what the register allows of a clause's duty whose period begins in a month (1 to 12)."""
    for each in ALLOWANCES:
        if clause in each.clauses and (month <= MID_YEAR_ENDS or not each.mid_year):
            return each
    return None
