"""Disposal: what has passed its time, proposed by one person and decided over by another, with a record of its own."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from django.db import transaction

from hemu.access.actors import Actor
from hemu.attachments.models import KeptFile
from hemu.attachments.operations import keep_file, name_files
from hemu.attachments.operations.storing import remove_bytes
from hemu.estate.models import Office
from hemu.filing.models import Disposal, Item, ItemFile
from hemu.filing.operations.filing import file_item
from hemu.filing.operations.printing import disposal_record
from hemu.filing.queries import Scope, disposal_for, to_go, without_hidden
from hemu.filing.queries_sources import ToFile
from hemu.filing.rules import MOST_AT_ONCE, decides, reason_of
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.transaction import operation
from hemu.ledger.entries import Proof
from hemu.ledger.operations import Act, append
from hemu.papers.operations.approving import proven

CLAUSE = "OC-14"


@operation
def propose_disposal(*, scope: Scope, items: Collection[UUID], by: Actor, act: Act, reason: str) -> Disposal:
    """Propose to destroy items whose time has passed; somebody else decides.

    Raises:
        RuleViolation: ``access.denied``, ``disposal.nothing``, ``disposal.too_many`` (most), ``disposal.not_yet``
            (some are kept, held or gone), ``disposal.waiting`` (there is one already), ``archive.no_reason``.
    """
    by.require("archive.dispose", scope.office.id)
    reason, wanted = reason_of(reason), set(items)
    if not wanted:
        raise RuleViolation("disposal.nothing")
    if len(wanted) > MOST_AT_ONCE:
        raise RuleViolation("disposal.too_many", most=MOST_AT_ONCE)
    Office.objects.select_for_update().get(id=scope.office.id)
    if Disposal.objects.filter(scope=scope.id, state="waiting").exists():
        raise RuleViolation("disposal.waiting")
    rows = without_hidden(by, to_go(scope.id, today=office_day(act.recorded_at)))
    found = list(rows.filter(id__in=wanted))
    if len(found) != len(wanted):
        raise RuleViolation("disposal.not_yet")
    made = Disposal.objects.create(
        id=new_id(act.recorded_at),
        scope=scope.id,
        office=scope.office,
        community=scope.community,
        state="waiting",
        count=len(found),
        reason=reason,
        proposed_by_id=by.staff_id,
        proposed_at=act.at,
    )
    made.items.set(found)
    facts = {"disposal": made.id.hex, "count": made.count}
    append(book=made.book_id, kind="archive.disposal.proposed", subject=made.subject, act=act, clause=CLAUSE,
           facts=facts, words={"reason": reason})  # fmt: skip
    return made


def decide_disposal(
    *, disposal: UUID, by: Actor, act: Act, agree: bool, typed: str = "", reason: str = ""
) -> Disposal:
    """Destroy what was proposed, or refuse it with a reason. Rows, digests and the record stay; the files are erased.

    The record is set before the transaction, which keeps nobody waiting; where an item was held meanwhile it is
    refused. Where an authenticator guards the account its code is asked for afresh.

    Raises:
        RuleViolation: ``disposal.not_found``, ``access.denied``, ``disposal.decided``, ``disposal.own``, ``disposal.not_yet``,
            ``archive.no_reason``, ``factor.wrong_code``, ``factor.wait``.
    """
    found = disposal_for(by, disposal, "archive.dispose")
    _check(found, by)
    proven(by, typed, act)
    act = replace(act, proof=Proof.SECOND)
    if not agree:
        return _refuse(found.id, by, act, reason)
    items = list(_still_to_go(found, act))
    record = disposal_record(found, items, by=by, at=act.at)
    kept = keep_file(data=record, use="paper", by=by.key, now=act.recorded_at)
    return _dispose(found.id, by, act, [each.id for each in items], kept)


def _check(found: Disposal, by: Actor) -> None:
    if found.state != "waiting":
        raise RuleViolation("disposal.decided")
    decides(by=str(by.staff_id), proposed_by=str(found.proposed_by_id))


def _still_to_go(found: Disposal, act: Act) -> Sequence[Item]:
    today = office_day(act.recorded_at)
    rows = to_go(found.scope, today=today).filter(disposals=found.id).select_related("home")
    items = list(rows.order_by("number"))
    if len(items) != found.count:
        raise RuleViolation("disposal.not_yet")
    return items


@operation
def _refuse(disposal: UUID, by: Actor, act: Act, reason: str) -> Disposal:
    found = _ended(disposal, by, act, "refused", reason_of(reason))
    facts = {"disposal": found.id.hex, "count": found.count}
    append(book=found.book_id, kind="archive.disposal.refused", subject=found.subject, act=act, clause=CLAUSE,
           facts=facts, words={"reason": found.decision_reason})  # fmt: skip
    return found


def _ended(disposal: UUID, by: Actor, act: Act, state: str, reason: str) -> Disposal:
    found = disposal_for(by, disposal, "archive.dispose", lock=True)
    _check(found, by)
    found.state, found.decided_by_id, found.decided_at = state, by.staff_id, act.at
    found.decision_reason = reason
    found.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    return found


@operation
def _dispose(disposal: UUID, by: Actor, act: Act, items: Sequence[UUID], record: KeptFile) -> Disposal:
    found = _ended(disposal, by, act, "done", "")
    locked = Item.objects.select_for_update().filter(id__in=items).order_by("id")
    numbers = sorted(each.number for each in locked)
    _still_to_go(found, act)
    rows = list(ItemFile.objects.filter(item__in=items).select_related("file").order_by("item", "position"))
    named = name_files(
        files=[str(record.id)],
        by=by.key,
        subject=found.subject,
        community=found.community,
        now=act.recorded_at,
    )
    append(
        book=found.book_id,
        kind="archive.items.disposed",
        subject=found.subject,
        act=act,
        clause=CLAUSE,
        facts={
            "disposal": found.id.hex,
            "count": found.count,
            "numbers": numbers,
            "digests": [each.digest for each in rows],
            "files": named,
        },
    )
    file_item(what=_record(found, record, act), subject=found.subject, act=act)
    Item.objects.filter(id__in=items).update(disposed_at=act.recorded_at)
    _erase([each.file for each in rows if each.file])
    return found


def _record(found: Disposal, record: KeptFile, act: Act) -> ToFile:
    return ToFile(
        office=found.office,
        community=found.community,
        file_class="disposals",
        title=f"档案销毁清册（{found.count} 件）",
        dated=office_day(act.at),
        files=[record],
    )


def _erase(files: Sequence[KeptFile]) -> None:
    """Erase files for good: their rows with the decision, their bytes once it stands."""
    ids, names = [each.id for each in files], [name for each in files for name in each.names]
    ItemFile.objects.filter(file__in=ids).update(file=None)
    KeptFile.objects.filter(id__in=ids).delete()
    transaction.on_commit(partial(remove_bytes, names))
