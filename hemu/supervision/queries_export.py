"""A list of cases as the rows of a spreadsheet, slice by slice."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from hemu.access.actors import Actor
from hemu.duties.queries import nearest_due
from hemu.foundation.due import is_late
from hemu.foundation.errors import RuleViolation
from hemu.foundation.redaction import mask_phone, mask_phones
from hemu.infra.spreadsheet import Cell
from hemu.service_requests.models import Request
from hemu.service_requests.wording import CHANNELS, NATURES, OUTCOMES, STATES, TRADES, TYPES, URGENCIES
from hemu.supervision.models import ExportChoice
from hemu.supervision.wording import COLUMNS, USUAL_COLUMNS

AT_MOST = 5_000
SLICE = 500


def columns_of(actor: Actor) -> list[str]:
    """Return the columns this person exported last, or the usual ones."""
    choice = ExportChoice.objects.filter(staff=actor.staff_id).first()
    known = [name for name in choice.columns if name in COLUMNS] if choice else []
    return known or list(USUAL_COLUMNS)


def read_columns(names: Sequence[str]) -> list[str]:
    """Return the columns among ``names`` in the order of the sheet.

    Raises:
        RuleViolation: ``export.no_columns``.
    """
    columns = [name for name in COLUMNS if name in names]
    if not columns:
        raise RuleViolation("export.no_columns")
    return columns


def ids_to_export(rows: QuerySet[Request]) -> list[Any]:
    """Return the ids of the rows, newest first.

    Raises:
        RuleViolation: ``export.too_many`` above 5,000, ``export.nothing``.
    """
    ids = list(rows.order_by("-id").values_list("id", flat=True)[: AT_MOST + 1])
    if len(ids) > AT_MOST:
        raise RuleViolation("export.too_many", limit=AT_MOST)
    if not ids:
        raise RuleViolation("export.nothing")
    return ids


def slices(rows: QuerySet[Request], ids: Sequence[Any]) -> Iterator[list[Request]]:
    """Yield the cases of these ids in their order, at most 500 in memory."""
    for start in range(0, len(ids), SLICE):
        yield list(rows.filter(id__in=ids[start : start + SLICE]).order_by("-id"))


def cells_of(
    cases: list[Request], columns: Sequence[str], *, full: frozenset[Any], now: datetime
) -> Iterator[list[Cell]]:
    """Yield the cells of cases.

    Args:
        full: the ids of those whose phone number stands in full; of the others it is masked.
    """
    wanted = {"due", "late"} & set(columns)
    dues = nearest_due(case.subject for case in cases) if wanted else {}
    for case in cases:
        yield [_cell(name, case, dues.get(case.subject), full, now) for name in columns]


def _cell(name: str, case: Request, due: datetime | None, full: frozenset[Any], now: datetime) -> Cell:
    if name == "due":
        return due
    if name == "late":
        late = due is not None and is_late(now, due)
        return "1" if late else None
    if name == "phone":
        return case.caller_phone if case.id in full else mask_phone(case.caller_phone)
    if name == "text":
        return case.text if case.id in full else mask_phones(case.text)
    return _PLAIN[name](case)


def _word(words: Any, code: str) -> str:
    found = words.get(code, code)
    return str(getattr(found, "word", found))


_PLAIN: dict[str, Callable[[Request], Cell]] = {
    "number": lambda case: case.number,
    "community": lambda case: case.community.name,
    "place": lambda case: case.home_written or case.place,
    "type": lambda case: _word(TYPES, case.type),
    "trade": lambda case: _word(TRADES, case.trade),
    "nature": lambda case: _word(NATURES, case.nature),
    "urgency": lambda case: _word(URGENCIES, case.urgency),
    "channel": lambda case: _word(CHANNELS, case.channel),
    "state": lambda case: _word(STATES, case.state),
    "outcome": lambda case: _word(OUTCOMES, case.outcome),
    "handler": lambda case: case.handler.name if case.handler else "",
    "department": lambda case: case.department.name if case.department else "",
    "happened": lambda case: case.happened_at,
    "registered": lambda case: case.registered_at,
    "replied": lambda case: case.replied_at,
    "closed": lambda case: case.closed_at,
    "urged": lambda case: case.urged_count,
    "reopened": lambda case: case.reopened_count,
    "score": lambda case: case.score,
    "caller": lambda case: case.caller_name,
}
