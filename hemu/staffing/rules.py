"""Who may change whose posts, and what open work is handed over when somebody leaves. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hemu.foundation.errors import RuleViolation


@dataclass(frozen=True)
class Authority:
    """Over whose posts somebody decides.

    Attributes:
        staff: who it is; None: whoever runs the installation, by command.
        offices: where they may change staff; None among them: in the whole company.
    """

    staff: UUID | None
    offices: frozenset[UUID | None]

    def covers(self, office: UUID | None) -> bool:
        """Tell whether posts of this office (None: of the whole company) are theirs to change."""
        return None in self.offices or office in self.offices

    def require(self, offices: Iterable[UUID | None], *, of: UUID | None = None) -> None:
        """Refuse what is not theirs to decide.

        Args:
            of: whose posts they are; nobody gives, ends or changes their own.

        Raises:
            RuleViolation: ``staff.own_posts``, ``staff.not_yours``.
        """
        if of is not None and of == self.staff:
            raise RuleViolation("staff.own_posts")
        if not all(self.covers(office) for office in offices):
            raise RuleViolation("staff.not_yours")


@dataclass(frozen=True)
class Work:
    """One kind of open work that a room keeps for people, and how it goes from one to another.

    A room declares it in its `reactions.py` as ``WORK``.

    Attributes:
        name: a code; its words stand in the room's `wording.py` under ``WORK``.
        count: how many pieces a member of staff has open.
        hand_over: hands at most so many pieces from one to another (None: back to whoever distributes them) and
            returns how many; it is called again until it returns 0. Takes staff, to, act, limit.
    """

    name: str
    count: Callable[[UUID], int]
    hand_over: Callable[..., int]


def spelled(syllables: Iterable[str]) -> str:
    """Return a log-in from a name's syllables: small ASCII letters and digits, 30 at most."""
    return "".join(sign for sign in "".join(syllables).lower() if sign.isascii() and sign.isalnum())[:30]


def counts_of(plan: Any, rows: int) -> dict[str, int]:
    """Return the figures of a staff list compared; ``created + updated + unchanged`` are its people.

    Args:
        plan: a ``StaffPlan``.
        rows: data rows read.
    """
    return {
        "rows": rows,
        "people": len(plan.created) + len(plan.updated) + len(plan.unchanged),
        "created": len(plan.created),
        "updated": len(plan.updated),
        "unchanged": len(plan.unchanged),
        "leaving": len(plan.leaving),
        "refused": len(plan.refused),
        "missing": len(plan.missing),
        "warnings": len(plan.warnings),
    }
