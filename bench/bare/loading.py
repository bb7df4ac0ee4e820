"""The floor of an import: read the sheet, write one row for each home and one for each person, in slices.

python -m bench.bare.loading FILE
"""

import sys

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from bench.bare.models import Event, Ticket  # noqa: E402

SLICE = 1000


def load(path: str) -> None:
    """Load every row of the first sheet below its header."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]
    now = timezone.now()
    for start in range(0, len(rows), SLICE):
        with transaction.atomic():
            tickets = Ticket.objects.bulk_create(
                Ticket(
                    title="-".join(map(str, row[:3])), text=str(row[3]), state="new", author=1, created_at=now
                )
                for row in rows[start : start + SLICE]
            )
            Event.objects.bulk_create(Event(ticket=ticket, kind="created", at=now) for ticket in tickets)


if __name__ == "__main__":
    load(sys.argv[1])
