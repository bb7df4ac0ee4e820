"""The pages on which an office's own numbers are changed: one proposes, sees what would move, another confirms."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.queries_kept import kept_from
from hemu.access.web.gate import StaffRequest
from hemu.adjusting.models import RuleProposal
from hemu.adjusting.operations import RESTED, WORKED, confirm_change, propose, read_change, withdraw_change
from hemu.adjusting.queries import (
    Preview,
    change_of,
    moved_by,
    others,
    proposals_for,
    proposals_of,
    settings_on,
    would_move,
)
from hemu.adjusting.rules import DAY, chosen, current
from hemu.adjusting.wording import SETTINGS, STATES, named, said
from hemu.duties.models import DueMoved, Duty
from hemu.estate.models import Community, Office, Staff
from hemu.estate.queries import Proposed
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.ledger.models import ClosedWords
from hemu.procedures.web.clauses import read_day
from hemu.sop.register import load_register

COMPANY = "company"
SHOWN, MOVES_SHOWN = 50, 200
TYPED = ("office", "key", "value", "since", "words")


@needs("rules.change")
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Show what an office or the company changed, and what waits (GET: office: an id or ``company``)."""
    staff = cast("StaffRequest", request)
    return _rules_page(staff, _office(staff, staff.GET.get("office", "")))


@needs("rules.change")
@require_GET
def try_out(request: HttpRequest) -> HttpResponse:
    """Show which open duties a change would move, before anybody proposes it (GET: office, key, value, since)."""
    staff = cast("StaffRequest", request)
    typed = {name: staff.GET.get(name, "") for name in TYPED}
    return _try_page(staff, typed)


@needs("rules.change")
@require_POST
def put_forward(request: HttpRequest) -> HttpResponse:
    """Propose a change (POST: office, key, value, since, words, key_once)."""
    staff = cast("StaffRequest", request)
    typed = {name: staff.POST.get(name, "") for name in TYPED}
    office = _office(staff, typed["office"])

    def act() -> dict[str, Any]:
        made = propose(
            office=office,
            key=typed["key"],
            value=typed["value"],
            since=read_day(typed["since"], staff),
            words=typed["words"],
            by=staff.actor,
            act=staff.actor.act(now=staff.now),
        )
        return {"proposal": str(made.id)}

    try:
        key = staff.POST.get("key_once", "")
        answer = once(account=staff.actor.key, key=key, body=typed, now=staff.now, act=act)
    except RuleViolation as refusal:
        return _try_page(staff, typed, refusal)
    return redirect("rules_change", answer["proposal"])


@needs("rules.change")
@require_GET
def proposal_page(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """Show a change: what it would move while it waits, what it moved once it is confirmed."""
    staff = cast("StaffRequest", request)
    return _proposal_page(staff, _proposal(staff, proposal))


@needs("rules.change")
@require_POST
def decide(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """Confirm a change or take it back (POST: act: confirm or withdraw; words, key_once)."""
    staff = cast("StaffRequest", request)
    found = _proposal(staff, proposal)
    typed = {name: staff.POST.get(name, "") for name in ("act", "words")}

    def act() -> dict[str, Any]:
        asked: dict[str, Any] = {
            "proposal": found.id,
            "by": staff.actor,
            "act": staff.actor.act(now=staff.now),
        }
        if typed["act"] == "confirm":
            return {"entry": str(confirm_change(**asked).id)}
        return {"entry": str(withdraw_change(**asked, words=typed["words"]).id)}

    try:
        body = typed | {"proposal": str(found.id)}
        once(account=staff.actor.key, key=staff.POST.get("key_once", ""), body=body, now=staff.now, act=act)
    except RuleViolation as refusal:
        return _proposal_page(staff, _proposal(staff, proposal), refusal)
    return redirect("rules_change", found.id)


@needs("duty.view")
@require_GET
def moved(request: HttpRequest, stamp: UUID) -> HttpResponse:
    """Show which duties a change moved, from when to when."""
    staff = cast("StaffRequest", request)
    change = change_of(stamp, staff.actor)
    if change is None:
        raise Http404(str(stamp))
    context = {
        "place": change.office.name if change.office else _("全公司"),
        "by": _name(change.by),
        "at": change.at,
        "moves": _moved_rows(moved_by(stamp, staff.actor)[:MOVES_SHOWN]),
    }
    return render(staff, "adjusting/moved.html", context)


def _office(staff: StaffRequest, asked: str) -> Office | None:
    """Return the office asked for, None for the company; the first one where nothing is asked."""
    offices, company = _places(staff)
    if asked == COMPANY and company:
        return None
    found = next((each for each in offices if str(each.id) == asked), None)
    if found is None and not asked:
        found = next(iter(offices), None)
    if found is None:
        raise Http404(asked)
    return found


def _places(staff: StaffRequest) -> tuple[list[Office], bool]:
    held = staff.actor.offices_with("rules.change")
    rows = Office.objects.order_by("name")
    return list(rows if held is None else rows.filter(id__in=held)), held is None


def _proposal(staff: StaffRequest, proposal: UUID) -> RuleProposal:
    found = proposals_of(staff.actor).filter(id=proposal).first()
    if found is None:
        raise Http404(str(proposal))
    return found


def _rules_page(staff: StaffRequest, office: Office | None) -> HttpResponse:
    offices, company = _places(staff)
    settings = settings_on(office, staff.now)
    found = list(proposals_for(staff.actor, office)[:SHOWN])
    waiting = [each for each in found if each.state == RuleProposal.State.WAITING]
    context = {
        "place": _place(office),
        "chosen": str(office.id) if office else COMPANY,
        "places": [*((str(each.id), each.name) for each in offices), *([(COMPANY, _("全公司"))] if company else [])],
        "settings": [
            (key, f"{named(key)}：{said(key, current(settings, key))}") for key in chosen(settings, SETTINGS)
        ],
        "works": [(RESTED, _("休息")), (WORKED, _("上班"))],
        "today": office_day(staff.now).isoformat(),
        "waiting": [_row(each) for each in waiting],
        "rows": [_row(each) for each in found if each not in waiting],
    }  # fmt: skip
    return render(staff, "adjusting/rules.html", context)


def _try_page(
    staff: StaffRequest, typed: dict[str, str], refusal: RuleViolation | None = None
) -> HttpResponse:
    office = _office(staff, typed["office"])
    context: dict[str, Any] = {
        "place": _place(office),
        "back_url": _rules_url(office),
        "typed": typed,
        "key_once": new_id(staff.now).hex,
        "name": named("" if typed["key"] == DAY else typed["key"]),
    }
    try:
        since = read_day(typed["since"], staff)
        act = staff.actor.act(now=staff.now)
        value, was = read_change(office, key=typed["key"], value=typed["value"], since=since, act=act)
        key = "" if typed["key"] == DAY else typed["key"]
        hidden = kept_from(staff.actor.staff_id)
        preview = would_move(
            Proposed(key, value, since, office.id if office else None), now=staff.now, hidden=hidden
        )
        context |= _change(key, was, value, since) | _preview(preview)
    except RuleViolation as unreadable:
        refusal = refusal or unreadable
        context["unreadable"] = True
    context["refusal"] = words_for(refusal) if refusal else ""
    return render(staff, "adjusting/try.html", context, status=status_of(refusal) if refusal else 200)


def _proposal_page(
    staff: StaffRequest, found: RuleProposal, refusal: RuleViolation | None = None
) -> HttpResponse:
    waits = found.state == RuleProposal.State.WAITING
    own = found.stated_by == staff.actor.key
    here, above = others(found.office, without=staff.actor.staff_id, on=office_day(staff.now))
    words = ClosedWords.objects.filter(entry__id=found.entry).first()
    context: dict[str, Any] = {
        "found": found,
        "place": _place(found.office),
        "back_url": _rules_url(found.office),
        "status": STATES[found.state],
        "name": named(found.key),
        "facts": [
            *_change(found.key, found.was, found.value, found.since)["facts"],
            (
                _("提出"),
                f"{_name(found.stated_by)} · {found.stated_at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}",
            ),
            (_("为什么"), words.words.get("text", "") if words else ""),
            *([(_("确认"), _name(found.ended_by))] if found.state == RuleProposal.State.CONFIRMED else []),
        ],
        "waits": waits,
        "may_confirm": waits and (not own or not (here or above)),
        "alone": waits and own and not (here or above),
        "above": waits and own and above and not here,
        "key_once": new_id(staff.now).hex,
        "refusal": words_for(refusal) if refusal else "",
    }
    if waits:
        proposed = Proposed(found.key, found.value, found.since, found.office_id)
        context |= _preview(would_move(proposed, now=staff.now, hidden=kept_from(staff.actor.staff_id)))
    elif found.stamp:
        context["moves"] = _moved_rows(moved_by(found.stamp, staff.actor)[:MOVES_SHOWN])
    return render(staff, "adjusting/change.html", context, status=status_of(refusal) if refusal else 200)


def _change(key: str, was: Any, value: Any, since: date) -> dict[str, Any]:
    return {
        "facts": [
            (_("现在"), said(key, was)),
            (_("改成"), said(key, value)),
            (_("哪一天") if not key else _("从哪天起"), since.isoformat()),
        ]
    }


def _preview(found: Preview) -> dict[str, Any]:
    names = _communities([each.duty for each in found.first])
    rows = [_move_row(each.duty, each.was, each.due_at, names) for each in found.first]
    return {"count": found.count, "more": found.more, "moves": rows}


def _moved_rows(rows: Iterable[DueMoved]) -> list[dict[str, Any]]:
    found = list(rows)
    names = _communities([each.duty for each in found])
    return [_move_row(each.duty, each.was, each.due_at, names) for each in found]


def _communities(duties: list[Duty]) -> dict[str, str]:
    return dict(
        Community.objects.filter(book__in={each.book_id for each in duties}).values_list("book_id", "name")
    )


def _move_row(duty: Duty, was: datetime, due_at: datetime, names: dict[str, str]) -> dict[str, Any]:
    clause = load_register().clause(duty.clause)
    return {
        "url": reverse("duty", args=[duty.id]),
        "clause": clause.id,
        "title": clause.title,
        "community": names.get(duty.book_id, ""),
        "was": was,
        "due": due_at,
    }


def _row(each: RuleProposal) -> dict[str, Any]:
    return {
        "url": reverse("rules_change", args=[each.id]),
        "name": named(each.key),
        "was": said(each.key, each.was),
        "value": said(each.key, each.value),
        "since": each.since,
        "status": STATES[each.state],
        "independent": each.independent,
    }


def _place(office: Office | None) -> str:
    return office.name if office else _("全公司")


def _rules_url(office: Office | None) -> str:
    return f"{reverse('rules')}?{urlencode({'office': str(office.id) if office else COMPANY})}"


def _name(key: str) -> str:
    staff = key.removeprefix("staff:")
    found = Staff.objects.filter(id=staff).first() if key.startswith("staff:") else None
    return found.name if found else key
