"""The months' statements for staff: how each stands, one of them with what is wrong or odd, its steps, its receipts."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.attachments.web.taking import Brought, files_brought
from hemu.committee.queries import members_of
from hemu.committee.web.frame import frame
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.web.needs import needs
from hemu.ledger.queries import timeline
from hemu.papers.operations import decide
from hemu.papers.rules_documents import State
from hemu.service_requests.web.panels import entry_rows
from hemu.statements.models import Statement
from hemu.statements.operations import (
    explain,
    hand_in,
    publish_statement,
    receipt_by_hand,
    send_statement,
)
from hemu.statements.queries import (
    Checked,
    Month,
    checked,
    figures_of,
    is_open,
    months_for,
    open_months,
    quarter_for,
    receipts_of,
    state_of,
    statement_for,
)
from hemu.statements.rules import check_quarter, quarter_of
from hemu.statements.web.story import quarter_told, told
from hemu.statements.wording import HOWS, STATES, month_words, quarter_words, remark, sentence

TYPED = ("step", "how", "typed", "reason")
QUARTERS = 4


@needs("statement.view")
@require_GET
def statements(request: HttpRequest) -> HttpResponse:
    """Show how the last twelve months stand (GET: community)."""
    staff = cast("StaffRequest", request)
    community = community_asked(staff, "statement.view", staff.GET.get("community", ""))
    today = office_day(staff.now)
    months = months_for(community, months=open_months(today))
    quarters = list(dict.fromkeys(quarter_of(today.replace(year=int(each.month[:4]), month=int(each.month[5:]), day=1))
                                  for each in months))[:QUARTERS]  # fmt: skip
    asked = {"community": str(community.id)}
    context = {
        **frame(staff, community, "statements"),
        "rows": [_row(staff, each, asked) for each in months],
        "may_keep": staff.actor.may("statement.keep", community.office_id),
        "new_url": f"{reverse('statement_new')}?{urlencode(asked)}",
        "import_url": f"{reverse('statement_import')}?{urlencode(asked)}",
        "quarters": [
            (quarter_words(each), f"{reverse('statement_quarter')}?{urlencode({**asked, 'quarter': each})}")
            for each in quarters
        ],
    }
    return render(request, "statements/list.html", context)


def _row(staff: StaffRequest, each: Month, asked: Mapping[str, str]) -> dict[str, Any]:
    newest, duty = each.newest, each.duty
    state = state_of(newest) if newest else "none"
    owed = duty is not None and duty.state == duty.State.OPEN
    new = f"{reverse('statement_new')}?{urlencode({**asked, 'month': each.month})}"
    return {
        "month": month_words(each.month),
        "url": reverse("statement", args=[newest.id]) if newest else "",
        "new_url": new,
        "status": STATES[state],
        "version": newest.version if newest and newest.version > 1 else 0,
        "delivered_at": newest.delivered_at if newest else None,
        "due_at": duty.due_at if duty and owed else None,
        "late": bool(duty and (duty.late_at or (owed and duty.due_at and staff.now > duty.due_at))),
    }


@needs("statement.view")
@require_GET
def statement(request: HttpRequest, statement: UUID) -> HttpResponse:
    """Show a statement: what is wrong or odd beside its lines, its next step, who has it."""
    staff = cast("StaffRequest", request)
    return _page(staff, found_for(staff, statement))


def found_for(staff: StaffRequest, statement: UUID, permission: str = "statement.view") -> Statement:
    """Return a statement that this person may see; else it is not there (404)."""
    try:
        return statement_for(staff.actor, statement, permission)
    except RuleViolation as refusal:
        raise Http404(str(statement)) from refusal


@needs("statement.view")
@require_POST
def statement_step(request: HttpRequest, statement: UUID) -> HttpResponse:
    """Take a step (POST: step = explain, hand_in, send, refuse, receipt or publish; what it asks; files, key)."""
    staff = cast("StaffRequest", request)
    found = found_for(staff, statement)
    typed = {name: staff.POST.get(name, "") for name in TYPED}
    typed["members"] = ",".join(staff.POST.getlist("members"))
    typed |= {
        name: value
        for name, value in staff.POST.items()
        if name.startswith("why-") and isinstance(value, str)
    }
    if typed["step"] not in STEPS:
        raise Http404(typed["step"][:40])
    if typed["step"] in ("send", "refuse"):
        tried = _outside(staff, found, typed)
    else:
        tried = try_act(
            staff,
            by=staff.actor.key,
            now=staff.now,
            typed={**typed, "statement": str(found.id)},
            act=lambda files: _step(staff, found, typed, files),
        )
    if tried.refusal:
        return _page(staff, found_for(staff, statement), tried, typed)
    return redirect("statement", found.id)


STEPS = ("explain", "hand_in", "send", "refuse", "receipt", "publish")


def _outside(staff: StaffRequest, found: Statement, typed: Mapping[str, str]) -> Tried:
    """Approve and send, or send back: these set papers and check codes outside one transaction, and are done once."""
    act, files = staff.actor.act(now=staff.now), Brought()
    try:
        if typed["step"] == "send":
            files = files_brought(staff, by=staff.actor.key, now=staff.now)
            send_statement(statement=found.id, by=staff.actor, act=act, how=typed["how"] or "page",
                           members=_members(typed), files=files.ids, typed=typed["typed"])  # fmt: skip
        elif found.document is not None:
            decide(document=found.document.id, by=staff.actor, act=act, digest=found.paper_digest, agree=False,
                   typed=typed["typed"], reason=typed["reason"])  # fmt: skip
    except RuleViolation as refusal:
        return Tried(files=files, refusal=refusal)
    return Tried({"id": str(found.id)}, files)


def _step(
    staff: StaffRequest, found: Statement, typed: Mapping[str, str], files: list[str]
) -> dict[str, str]:
    said: dict[str, Any] = {"statement": found.id, "by": staff.actor, "act": staff.actor.act(now=staff.now)}
    match typed["step"]:
        case "explain":
            keys = _keys(checked(figures_of(found), found.community_id))
            words = {key: typed.get(f"why-{number}", "") for number, key in enumerate(keys)}
            explain(words=words, **said)
        case "hand_in":
            hand_in(**said)
        case "receipt":
            for member in _members(typed)[:1]:
                receipt_by_hand(member=member, how=typed["how"], files=files, **said)
            if not _members(typed):
                raise RuleViolation("statement.unknown_member")
        case _:
            publish_statement(**said)
    return {"id": str(found.id)}


def _members(typed: Mapping[str, str]) -> list[UUID]:
    found = []
    for each in filter(None, typed["members"].split(",")):
        try:
            found.append(UUID(each))
        except ValueError as error:
            raise RuleViolation("statement.unknown_member") from error
    return found


def _keys(looked: Checked) -> list[str]:
    """Return what the warnings are about, each once, in their order."""
    return list(dict.fromkeys(each.key or each.code for each in looked.warnings))


def _page(
    staff: StaffRequest, found: Statement, tried: Tried = UNTRIED, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    community, state = found.community, state_of(found)
    looked = checked(figures_of(found), found.community_id)
    sitting = members_of(community, on=office_day(staff.now))
    receipts = receipts_of(found)
    lived = entry_rows(
        [each for each in timeline(found.subject) if each.facts.get("statement") == str(found.id)],
        office_rules(community.office, on=staff.now).time,
    )
    context = {
        **frame(staff, community, "statements"),
        **told(found, looked),
        "statement": found,
        "state": state,
        "status": STATES[state],
        "paper": found.document,
        "errors": [_problem(each.code, each.key, each.params) for each in looked.errors],
        "warnings": _warnings(looked),
        "remarks": [{"row": each["row"], "words": remark(each["code"], each["params"])} for each in found.remarks],
        "receipts": _receipts(found, receipts, sitting),
        "without": [(str(each.id), each.person.name) for each in sitting if each.id not in {row.member for row in receipts}],
        "members": [(str(each.id), each.person.name) for each in sitting],
        "hows": list(HOWS.items()),
        "hand_hows": [(how, words) for how, words in HOWS.items() if how != "page"],
        "may_keep": staff.actor.may("statement.keep", community.office_id) and is_open(found),
        "may_correct": state == "delivered" and staff.actor.may("statement.keep", community.office_id),
        "may_send": staff.actor.may("statement.send", community.office_id),
        "waits": found.document is not None and found.document.state == State.SUBMITTED,
        "typed": typed or {},
        **tried.form(staff.actor.key, now=staff.now),
        "timeline": [row | {"facts": []} for row in reversed(lived)],  # the page itself shows the figures
    }  # fmt: skip
    return render(staff, "statements/statement.html", context, status=tried.status)


def _problem(code: str, key: str, params: dict[str, Any]) -> dict[str, str]:
    return {"item": key.partition(":")[2], "words": sentence(code, params)}


def _warnings(looked: Checked) -> list[dict[str, Any]]:
    """Return the warnings by what they are about, each with the field of its explanation."""
    return [
        {
            "name": f"why-{number}",
            "item": key.partition(":")[2] or _("整份报表"),
            "words": [
                sentence(each.code, each.params) for each in looked.warnings if (each.key or each.code) == key
            ],
            "why": looked.figures.explanations.get(key, ""),
        }
        for number, key in enumerate(_keys(looked))
    ]


def _receipts(found: Statement, receipts: list[Any], sitting: list[Any]) -> list[dict[str, Any]]:
    names = {each.id: each.person.name for each in sitting}
    return [
        {
            "name": names.get(each.member, _("已离任的委员")),
            "how": HOWS[each.how],
            "at": each.at,
            "helper": each.helper,
        }
        for each in receipts
    ]


@needs("statement.view")
@require_GET
def quarter(request: HttpRequest) -> HttpResponse:
    """Show what a quarter came to, for the quarterly meeting (GET: community, quarter)."""
    staff = cast("StaffRequest", request)
    community = community_asked(staff, "statement.view", staff.GET.get("community", ""))
    try:
        asked = check_quarter(staff.GET.get("quarter") or quarter_of(office_day(staff.now)))
    except RuleViolation as refusal:
        raise Http404(staff.GET.get("quarter", "")[:20]) from refusal
    context = {
        **frame(staff, community, "statements"),
        **quarter_told(quarter_for(community.id, asked)),
        "quarter": quarter_words(asked),
    }
    return render(request, "statements/quarter.html", context)
