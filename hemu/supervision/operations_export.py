"""Exporting a list: who took what along is written down before anything leaves the house."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from hemu.access.actors import Actor
from hemu.access.models import ReadLog
from hemu.infra.spreadsheet import Cell, write_table
from hemu.infra.transaction import operation
from hemu.service_requests.models import Request
from hemu.supervision.models import ExportChoice
from hemu.supervision.queries_export import cells_of, ids_to_export, read_columns, slices
from hemu.supervision.rules import Filters
from hemu.supervision.wording import COLUMNS


def export_cases(
    *,
    by: Actor,
    rows: QuerySet[Request],
    filters: Filters,
    columns: Sequence[str],
    full_phones: bool,
    target: IO[bytes],
    title: str,
    now: datetime,
) -> int:
    """Write the rows as xlsx to ``target`` and return how many there are.

    It holds no transaction while it writes: only the notes of who saw what are one each, slice by slice.

    Args:
        rows: what the exporter may see, narrowed by ``filters``.
        full_phones: whether phone numbers stand in full where the exporter may reveal them; each is noted.

    Raises:
        RuleViolation: ``export.no_columns``, ``export.too_many``, ``export.nothing``, ``access.denied``.
    """
    by.require("request.export")
    columns = read_columns(columns)
    ids = ids_to_export(rows)
    _note_export(by=by, filters=filters, columns=columns, now=now)
    headings = [(str(COLUMNS[name][0]), COLUMNS[name][1]) for name in columns]
    full_phones = full_phones and bool({"phone", "text"} & set(columns))
    lines = _lines(by, rows, ids, columns, full_phones, now)
    return write_table(target, title=title, columns=headings, rows=lines)


def _lines(
    by: Actor, rows: QuerySet[Request], ids: Sequence[Any], columns: Sequence[str], full: bool, now: datetime
) -> Iterator[list[Cell]]:
    for cases in slices(rows, ids):
        shown = [case for case in cases if full and by.may("estate.reveal", case.community.office_id)]
        if shown:
            _note_phones(by=by, cases=shown, now=now)
        yield from cells_of(cases, columns, full=frozenset(case.id for case in shown), now=now)


@operation
def _note_export(*, by: Actor, filters: Filters, columns: Sequence[str], now: datetime) -> None:
    """Write down that somebody exported a list, and keep the columns chosen for the next time.

    The words searched for may name a person and stay out of the log.
    """
    asked = urlencode({name: value for name, value in filters.chosen().items() if name != "q"})
    subject = f"requests?{asked}"[:80]
    ReadLog.objects.create(staff_id=by.staff_id, subject=subject, what="export", read_at=now)
    ExportChoice.objects.update_or_create(staff_id=by.staff_id, defaults={"columns": list(columns)})


@operation
def _note_phones(*, by: Actor, cases: Iterable[Request], now: datetime) -> None:
    """Write down, case by case, whose phone number somebody takes along in full."""
    ReadLog.objects.bulk_create(
        ReadLog(staff_id=by.staff_id, subject=case.subject, what="phone", read_at=now) for case in cases
    )
