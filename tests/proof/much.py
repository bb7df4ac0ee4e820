"""Lay much work at once, or hold the writers' lock: what the front desk must not feel.

python -m tests.proof.much entries|messages COUNT | lock SECONDS | roster FILE COUNT
"""

import sys
from threading import Event

import django
import xlsxwriter

django.setup()

from django.db import connection, transaction  # noqa: E402

from hemu.estate.models import Staff  # noqa: E402
from hemu.infra import clock  # noqa: E402
from hemu.infra.identity import new_id  # noqa: E402
from hemu.ledger.models import Entry  # noqa: E402
from hemu.messaging.models import Outgoing  # noqa: E402

SLICE = 500
HEADER = ["楼栋", "单元", "房号", "业主姓名", "联系电话", "建筑面积", "使用情况"]


def entries(count: int) -> None:
    """Copy an entry so often, each under an id of its own, in short slices: they only wait to be sealed."""
    columns = ", ".join(
        str(f.column) for f in Entry._meta.concrete_fields if f.name not in ("seq", "id", "facts", "digest")
    )
    fresh = "lower(hex(randomblob(16)))", "lower(hex(randomblob(32)))"
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {SLICE})"
    for _ in range(count // SLICE):
        with connection.cursor() as cursor:
            cursor.execute(
                f"{numbers} INSERT INTO ledger_entry (id, digest, facts, {columns})"
                f" SELECT {fresh[0]}, {fresh[1]}, facts, {columns} FROM n, (SELECT * FROM ledger_entry LIMIT 1)"
            )


def messages(count: int) -> None:
    """Lay so many messages ready, as many at once as an act that tells 500 people, and wait until all are delivered."""
    director = Staff.objects.earliest("id")
    for start in range(0, count, SLICE):
        now = clock.now()
        Outgoing.objects.bulk_create(
            Outgoing(
                id=new_id(now),
                key=f"much-{number}",
                staff_id=director.id,
                topic="duty.bundle",
                subject="",
                facts={},
                not_before=now,
            )
            for number in range(start, start + SLICE)
        )
    pause = Event()
    while Outgoing.objects.filter(key__startswith="much-", sent_at__isnull=True).exists():
        pause.wait(0.5)


def hold_the_lock(seconds: float) -> None:
    with transaction.atomic():
        Event().wait(seconds)


def roster(path: str, count: int) -> None:
    """Write a roster of invented people."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("业主名册")
        sheet.write_row(0, 0, HEADER)
        for row in range(count):
            values = [f"{row // 500 + 1}栋", "1单元", f"{row % 500 // 10 + 1}{row % 10 + 1:02}"]
            sheet.write_row(row + 1, 0, [*values, f"示例{row % 97}", f"199{row:08}", 89.5, "已入住"])


if __name__ == "__main__":
    what, amount = sys.argv[1], sys.argv[2]
    if what == "entries":
        entries(int(amount))
    elif what == "messages":
        messages(int(amount))
    elif what == "lock":
        hold_the_lock(float(amount))
    else:
        roster(amount, int(sys.argv[3]))
