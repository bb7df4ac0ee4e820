"""Rosters: a file is taken in and answered with an id; the worker reads it, compares it, and writes it when told to."""

from datetime import date
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from hemu.access.web.bearer import TokenRequest
from hemu.estate.models import RosterImport
from hemu.estate.roster.changes import Answer
from hemu.estate.roster.operations import begin_import, order_writing
from hemu.estate.roster.queries import import_by_id, preview_rows
from hemu.estate.roster.reading import MAX_BYTES
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import iso_local
from hemu.infra.refusals import words_for
from hemu.interface.rules import cursor_of, parts_of
from hemu.interface.web.codes import KEY, Cursor, Key, Limit, Sold, Text
from hemu.interface.web.schemas import Given
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


class QuestionLine(Schema):
    """A home whose new owner's name is either that of a buyer or the old one written otherwise."""

    home: str
    before: list[str]
    after: list[str]
    guess: str
    choice: str | None
    on: str | None


class QuestionPage(Schema):
    items: list[QuestionLine]
    next: str | None


@router.get(
    "/rosters/{uuid:import_id}/questions",
    response=QuestionPage,
    auth=Need("roster.import"),
    url_name="api_roster_questions",
    operation_id="list_roster_questions",
)
def questions(request: HttpRequest, import_id: UUID, limit: Limit = 30, cursor: Cursor = "") -> Any:
    """比对时要人答的：换了业主，还是写法不同 · what a person must answer before it is written."""
    row = import_by_id(import_id, cast("TokenRequest", request).actor.communities("roster.import"))
    start = _place_of(cursor) if cursor else 0
    lines = cast("list[dict[str, Any]]", preview_rows(row, "question", start=start, limit=limit + 1))
    return {
        "items": [_question(row, line) for line in lines[:limit]],
        "next": cursor_of(str(start + limit)) if len(lines) > limit else None,
    }


def _place_of(cursor: str) -> int:
    (place,) = parts_of(cursor, 1)
    if not (place.isascii() and place.isdecimal() and len(place) < 9):
        raise RuleViolation("page.unknown_cursor")
    return int(place)


def _question(row: RosterImport, line: dict[str, Any]) -> dict[str, Any]:
    choice, on = row.answers.get(line["home"], [None, None])
    asked = {name: line[name] for name in ("home", "before", "after", "guess")}
    return {**asked, "choice": choice, "on": on}


class AnswerGiven(Given):
    """What is said of a home's new name: sold on a day, or the same owner spelt otherwise."""

    home: Text
    choice: Sold
    on: date | None = None


class WriteGiven(Given):
    answers: list[AnswerGiven] = Field([], max_length=10_000)


@router.post(
    "/rosters/{uuid:import_id}/write",
    response={202: Taken},
    auth=Need("roster.import"),
    url_name="api_roster_write",
    operation_id="write_roster",
)
def write(request: HttpRequest, import_id: UUID, given: WriteGiven, key: Key = KEY) -> Any:
    """写入比对好的名册，带上对问题的答复；没答的原样不动 · write a compared roster with these answers; what is not answered stays."""
    caller = cast("TokenRequest", request)
    body = {"write": str(import_id), **given.model_dump(mode="json")}
    return once_for(caller, key, body, lambda: _ordered(caller, import_id, given.answers))


def _ordered(caller: TokenRequest, import_id: UUID, given: list[AnswerGiven]) -> dict[str, Any]:
    row = import_by_id(import_id, caller.actor.communities("roster.import"))
    order_writing(row=row, answers={each.home: _answer(each) for each in given})
    return {"id": str(row.id), "state": str(RosterImport.State.WRITING)}


def _answer(given: AnswerGiven) -> Answer:
    if given.choice == "sold" and given.on is None:
        raise RuleViolation("roster.sale_day_unreadable", home=given.home)
    return Answer("sold", given.on) if given.choice == "sold" else Answer("spelling")
