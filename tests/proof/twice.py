"""Run every round of the background as if much time had passed, to its end or until it is killed half-way.

python -m tests.proof.twice lay
python -m tests.proof.twice EPOCH [KILL_AT]     prints the number of writing statements and the rows as they stand
"""

import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import django
import xlsxwriter

django.setup()

from django.apps import apps  # noqa: E402
from django.db import connection  # noqa: E402

from hemu.config.worker import rounds  # noqa: E402
from hemu.duties.models import Duty  # noqa: E402
from hemu.estate.models import Community, RosterImport  # noqa: E402
from hemu.estate.roster.operations import begin_import  # noqa: E402
from hemu.infra import clock  # noqa: E402
from hemu.ledger.models import Entry, Leaf, Unsealed  # noqa: E402
from hemu.ledger.operations import Act  # noqa: E402
from hemu.ledger.queries import verify  # noqa: E402
from hemu.messaging.models import Message, Outgoing  # noqa: E402
from hemu.service_requests.models import Request  # noqa: E402

WRITES = ("INSERT", "UPDATE", "DELETE")
PASSES = 50
SEALED_WITHIN = timedelta(hours=1)
ROSTER_ROWS = 24
HEADER = ["楼栋", "单元", "房号", "业主姓名", "联系电话", "建筑面积", "使用情况"]
UNTOUCHED = {"infra.heartbeat", "sessions.session"}
WITHOUT_TRANSACTION = "HEMU_PROOF_WITHOUT_TRANSACTION"


class Counting:
    """Counts the statements that write, and kills this very process at one of them."""

    def __init__(self, kill_at: int) -> None:
        self.count, self.kill_at = 0, kill_at

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(WRITES):
            self.count += 1
            if self.count == self.kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


def run_all(now: datetime) -> None:
    """Run each round until none finds anything to do."""
    for _ in range(PASSES):
        if not sum(each.run(now) for each in rounds()):
            return


def marks(now: datetime) -> dict[str, Any]:
    """Return what stands, without what chance or the moment decides: ids, salts, digests, how many seals there are."""
    return {
        "duties": counted(Duty.objects.values_list("key", "state", "rung")),
        "entries": counted(Entry.objects.values_list("kind", "subject", "clause")),
        "sealed_twice": Leaf.objects.count() - Leaf.objects.values("entry_seq").distinct().count(),
        "not_sealed_in_time": Unsealed.objects.filter(entry__recorded_at__lt=now - SEALED_WITHIN).count(),
        "book": verify(now=now).problems,
        "outgoing": counted(Outgoing.objects.values_list("key", "channel", "state")),
        "messages": counted(Message.objects.values_list("key", "topic")),
        "imports": counted(RosterImport.objects.values_list("id", "state", "counts")),
        "requests": counted(Request.objects.values_list("number", "state", "version")),
    }


def counted(rows: Any) -> list[Any]:
    """Return how many rows there are and the digest of them in order; keys that hold a new entry's id keep their kind."""
    texts = sorted(repr(row) for row in rows)
    return [len(texts), hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]]


def everything() -> str:
    """Return the digest of every row of every table."""
    found = hashlib.sha256()
    for model in apps.get_models():
        if model._meta.label_lower not in UNTOUCHED:
            for row in model._default_manager.order_by("pk").values_list():
                found.update(repr(row).encode())
    return found.hexdigest()


def lay() -> None:
    """Leave two rosters to be read and written: the rest of the work comes of the cases and of time."""
    now = clock.now()
    act = Act("system:proof", at=now, recorded_at=now)
    first, second = Community.objects.order_by("id")[1:3]
    for community in (first, second):
        row = begin_import(community=community, filename="roster.xlsx", content=roster(), act=act)
        if community == second:
            RosterImport.objects.filter(id=row.id).update(state=RosterImport.State.WRITING)


def roster() -> bytes:
    """Return a workbook of invented homes."""
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("业主名册")
        sheet.write_row(0, 0, HEADER)
        for row in range(ROSTER_ROWS):
            values = [
                "7栋",
                "1单元",
                f"{row // 4 + 1}{row % 4 + 1:02}",
                f"示例{row}",
                f"199{row:08}",
                89.5,
                "已入住",
            ]
            sheet.write_row(row + 1, 0, values)
    return content.getvalue()


if __name__ == "__main__":
    if sys.argv[1] == "lay":
        lay()
        sys.exit()
    counting = Counting(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    if os.environ.get(WITHOUT_TRANSACTION):
        import tests.proof.without_transaction  # noqa: F401  from here on each statement is committed on its own
    connection.execute_wrappers.append(counting)
    moment = datetime.fromtimestamp(int(sys.argv[1]), UTC)
    run_all(moment)
    print(json.dumps({"writes": counting.count, "marks": marks(moment), "everything": everything()}))
