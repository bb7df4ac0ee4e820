"""Duties, and the proof that an entry stands in the book."""

from datetime import UTC
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema

from hemu.access.web.bearer import TokenRequest
from hemu.duties.models import Duty
from hemu.interface.queries import due_later, entry_for, open_duties
from hemu.interface.web.codes import Cursor, Limit, Moment, Text
from hemu.interface.web.paging import by_due, due_after, page_of
from hemu.interface.web.serving import Need
from hemu.ledger.queries import inclusion_of
from hemu.service_requests.queries import duty_of
from hemu.sop.register import load_register

router = Router(tags=["book"])


class DutiesAsked(Schema):
    """Which of the open duties."""

    community: UUID | None = None
    clause: Text = ""
    role: Text = ""
    until: Moment | None = None
    late: bool = False
    limit: Limit = 50
    cursor: Cursor = ""


class OpenDuty(Schema):
    id: UUID
    clause: str
    title: str
    subject: str
    community: str
    owed_by: str
    due: str
    late: bool


class DutyPage(Schema):
    items: list[OpenDuty]
    next: str | None


@router.get(
    "/duties",
    response=DutyPage,
    auth=Need("duty.view"),
    url_name="api_duties",
    operation_id="list_duties",
)
def duties(request: HttpRequest, asked: Query[DutiesAsked]) -> Any:
    """未完的应办事项，先到期的在前 · open duties, the one due first at the head."""
    caller = cast("TokenRequest", request)
    rows = open_duties(caller.actor)
    equal = {"book__community": asked.community, "clause": asked.clause, "role": asked.role}
    rows = rows.filter(**{name: value for name, value in equal.items() if value})
    if asked.until:
        rows = rows.filter(due_at__lte=asked.until)
    if asked.late:
        rows = rows.filter(due_at__lt=caller.now)
    if asked.cursor:
        rows = due_later(rows, *due_after(asked.cursor))
    page, following = page_of(list(rows[: asked.limit + 1]), asked.limit, by_due)
    return {"items": [_line(duty, caller) for duty in page], "next": following}


def _line(duty: Duty, caller: TokenRequest) -> dict[str, Any]:
    said = duty_of(duty, now=caller.now)
    return {
        "id": duty.id,
        "title": load_register().clause(duty.clause).title,
        "subject": duty.subject,
        "community": duty.book.community.name,
        **{name: said[name] for name in ("clause", "owed_by", "due", "late")},
    }


class SealLine(Schema):
    """The seal, and the way from the entry's digest to its root (RFC 9162); all digests in hexadecimal."""

    number: int
    size: int
    position: int
    path: list[str]
    root: str
    previous: str
    head: str
    sealed_at: str


class ProofLine(Schema):
    entry: dict[str, Any]
    digest: str
    seal: SealLine | None


@router.get(
    "/entries/{uuid:entry_id}/proof",
    response=ProofLine,
    auth=Need("request.view"),
    url_name="api_entry_proof",
    operation_id="prove_entry",
)
def proof(request: HttpRequest, entry_id: UUID) -> Any:
    """一笔台账的封存证明；一小时内还没封存时 seal 为 null · the inclusion proof of an entry."""
    entry = entry_for(cast("TokenRequest", request).actor, entry_id)
    found = inclusion_of(entry)
    seal = found and {
        "number": found.seal.number,
        "size": found.seal.size,
        "position": found.position,
        "path": [each.hex() for each in found.path],
        "root": found.seal.root,
        "previous": found.seal.previous,
        "head": found.seal.head,
        "sealed_at": found.seal.sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
    }
    return {"entry": entry.plain(), "digest": entry.digest, "seal": seal}
