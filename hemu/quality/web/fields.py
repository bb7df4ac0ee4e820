"""What the forms of the steps ask for."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from hemu.foundation.errors import RuleViolation
from hemu.foundation.steps import Step
from hemu.infra.moments import OFFICE_ZONE, typed_moment
from hemu.quality.models import CorrectiveAction
from hemu.quality.wording import ASKED, STEPS

NAMES = ("whys", "figure", "figure_name", "round", "before", "after", "do_by", "to")
SHORT_DATE = 10


def deadline(text: str) -> datetime:
    """Return a moment; of a day alone its end.

    Raises:
        RuleViolation: ``action.no_deadline``.
    """
    text = text.strip().replace("T", " ")
    try:
        moment = typed_moment(text)
    except ValueError:
        raise RuleViolation("action.no_deadline") from None
    if len(text) > SHORT_DATE:
        return moment
    return datetime.combine(moment.astimezone(OFFICE_ZONE).date(), time(23, 59, 59), OFFICE_ZONE)


def form_of(row: Step, action: CorrectiveAction, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return the form of a step; refused, it comes back as it was."""
    again = typed.get("refused") == row.name
    asks = row.extras.get("asks", ())
    standing = {
        "whys": "\n".join(action.whys),
        "figure": action.figure,
        "figure_name": action.figure_name,
        "round": action.round or "month",
        "before": action.before,
    }
    values = {name: typed.get(name, "") if again else standing.get(name, "") for name in NAMES}
    words = action.measure if row.name == "plan" else ""
    return {
        "name": row.name,
        "label": STEPS[row.name],
        "asked": ASKED[row.name],
        "words": typed.get("words", "") if again else words,
        "open": again,
        "asks": [name for name in asks if name != "after" or action.figure],  # type: ignore[attr-defined]
        "files": row.name in ("do", "verify", "fail"),
        "danger": row.name in ("fail", "reopen", "void"),
        "value": values,
    }
