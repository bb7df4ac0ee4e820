"""Rosters: a file is taken in and answered with an id; the worker reads it, compares it, and writes it when told to."""

from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from hemu.access.web.bearer import TokenRequest
from hemu.estate.models import RosterImport
from hemu.estate.roster.operations import begin_import, order_writing
from hemu.estate.roster.queries import import_by_id
from hemu.estate.roster.reading import MAX_BYTES
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import iso_local
from hemu.infra.refusals import words_for
from hemu.interface.web.codes import KEY, Key, Text
from hemu.interface.web.serving import Need, named_community, once_for

router = Router(tags=["rosters"])


class Taken(Schema):
    id: UUID
    state: str


class RefusalLine(Schema):
    code: str
    detail: str


class ImportLine(Taken):
    """An import as it stands: reading → preview → writing → done; or failed, discarded."""

    community: str
    filename: str
    done: int
    total: int
    counts: dict[str, int]
    refusal: RefusalLine | None
    started_at: str
    finished_at: str | None


@router.post(
    "/rosters",
    response={202: Taken},
    auth=Need("roster.import"),
    url_name="api_rosters",
    operation_id="import_roster",
)
def take_in(request: HttpRequest, community: Form[Text], file: File[UploadedFile], key: Key = KEY) -> Any:
    """交一份名册（xlsx、xls、CSV）；后台比对，再看状态 · hand in a roster; the worker compares it."""
    caller = cast("TokenRequest", request)
    if (file.size or 0) > MAX_BYTES:
        raise RuleViolation("roster.too_large", limit=MAX_BYTES, unit="bytes")
    content = file.read()
    body = {"roster": community, "name": file.name or "", "digest": sha256(content).hexdigest()}
    return once_for(caller, key, body, lambda: _taken_in(caller, community, file.name or "", content))


def _taken_in(caller: TokenRequest, community: str, filename: str, content: bytes) -> dict[str, Any]:
    row = begin_import(
        community=named_community(caller.actor.communities("roster.import"), community),
        filename=filename,
        content=content,
        act=caller.actor.act(now=caller.now),
    )
    return {"id": str(row.id), "state": str(row.state)}


@router.get(
    "/rosters/{uuid:import_id}",
    response=ImportLine,
    auth=Need("roster.import"),
    url_name="api_roster",
    operation_id="show_roster",
)
def show(request: HttpRequest, import_id: UUID) -> Any:
    """名册导入到哪一步 · how far an import is."""
    row = import_by_id(import_id, cast("TokenRequest", request).actor.communities("roster.import"))
    return {
        "id": row.id,
        "state": str(row.state),
        "community": row.community.name,
        "filename": row.filename,
        "done": row.done,
        "total": row.total,
        "counts": row.counts,
        "refusal": _refusal(row),
        "started_at": iso_local(row.started_at),
        "finished_at": iso_local(row.finished_at),
    }


def _refusal(row: RosterImport) -> dict[str, str] | None:
    if not row.refusal:
        return None
    refusal = RuleViolation(row.refusal["code"], **row.refusal["params"])
    return {"code": refusal.code, "detail": words_for(refusal, codes=True)}


@router.post(
    "/rosters/{uuid:import_id}/write",
    response={202: Taken},
    auth=Need("roster.import"),
    url_name="api_roster_write",
    operation_id="write_roster",
)
def write(request: HttpRequest, import_id: UUID, key: Key = KEY) -> Any:
    """写入比对好的名册；要人答的问题留着 · write a compared roster; what a person must answer stays open."""
    caller = cast("TokenRequest", request)
    return once_for(caller, key, {"write": str(import_id)}, lambda: _ordered(caller, import_id))


def _ordered(caller: TokenRequest, import_id: UUID) -> dict[str, Any]:
    row = import_by_id(import_id, caller.actor.communities("roster.import"))
    order_writing(row=row, answers={})
    return {"id": str(row.id), "state": str(RosterImport.State.WRITING)}
