"""The page of one clause at one community: its words, where it comes from, this year's duties, switching, beginning one."""

from datetime import datetime
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.duties.models import Duty
from hemu.duties.operations import begin_by_hand
from hemu.duties.queries import is_begun_by_hand, is_by_hand, is_watched, keeps, stands_late
from hemu.duties.rules import moment_asked
from hemu.estate.models import Community
from hemu.estate.queries import office_rules
from hemu.estate.wording import ROLES
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE, typed_moment
from hemu.infra.web.needs import needs
from hemu.procedures.queries import Year, versions_of, year_of
from hemu.procedures.web.clause_year import year_shown
from hemu.procedures.web.clauses import community_asked, page_url
from hemu.procedures.wording import EVERY, GIVEN, NOT_HERE, OFF, STATES, WATCHED
from hemu.service_requests.queries import communities_of
from hemu.sop.register import Clause, load_register


@needs("duty.view")
@require_GET
def clause_page(request: HttpRequest, clause: str) -> HttpResponse:
    """Show a clause at a community (GET: community)."""
    staff = cast("StaffRequest", request)
    return _page(staff, _clause(clause), community_asked(staff, staff.GET.get("community", "")))


@needs("duty.keep")
@require_POST
def begin(request: HttpRequest, clause: str) -> HttpResponse:
    """Say that what starts this clause's clock happened (POST: community, words, given, files, key)."""
    staff = cast("StaffRequest", request)
    community = community_asked(staff, staff.POST.get("community", ""), "duty.keep")
    body = {name: staff.POST.get(name, "") for name in ("words", "given")}
    tried = try_act(
        staff,
        by=staff.actor.key,
        now=staff.now,
        typed=body | {"clause": clause, "community": str(community.id)},
        act=lambda files: {"duty": str(_begun(staff, community, clause, body, files).id)},
    )
    if tried.refusal:
        return _page(staff, _clause(clause), community, tried, body)
    return redirect("duty", tried.answer["duty"])


def _begun(
    staff: StaffRequest, community: Community, clause: str, body: dict[str, str], files: list[str]
) -> Duty:
    return begin_by_hand(
        community=community,
        clause=clause,
        by=staff.actor,
        act=staff.actor.act(now=staff.now),
        words=body["words"],
        given=read_moment(body["given"]),
        files=files,
    )


def read_moment(text: str) -> datetime | None:
    """Return the moment typed in the office's time; None where nothing is.

    Raises:
        RuleViolation: ``clause.no_day``.
    """
    if not text.strip():
        return None
    try:
        return typed_moment(text)
    except ValueError as error:
        raise RuleViolation("clause.no_day") from error


def _clause(clause: str) -> Clause:
    try:
        return load_register().clause(clause)
    except RuleViolation as refusal:
        raise Http404(clause) from refusal


def _page(
    staff: StaffRequest,
    clause: Clause,
    community: Community,
    tried: Tried = UNTRIED,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    rules, actor = office_rules(community.office, on=staff.now), staff.actor
    watched = is_watched(clause.id, rules=rules, book_id=community.book_id)
    applies = rules.applies(clause.id, community.book_id)
    here = datetime(rules.day.year, 1, 1, tzinfo=OFFICE_ZONE)
    year = year_of(clause.id, community, since=here, now=staff.now, actor=actor)
    asked = moment_asked(clause)
    context = {
        "clause": clause,
        "status": WATCHED if watched else OFF if applies else NOT_HERE,
        "by_hand": is_by_hand(clause.id),
        "facts": _facts(clause),
        "written": _written(clause),
        "versions": versions_of(clause.id, community),
        "variants": load_register().variants_of(clause.id),
        "community": community,
        "communities": [(str(each.id), each.name) for each in communities_of(actor, "duty.view")],
        "stats": _stats(year, rules.day.year),
        "year": year_shown(staff, clause.id, community.office),
        "rows": [duty_row(each, staff.now) for each in year.duties],
        "watched": watched,
        "may_switch": actor.may("clause.switch", community.office_id)
        and bool(clause.every or clause.trigger),
        "may_begin": watched
        and is_begun_by_hand(clause)
        and keeps(actor, community.office_id, clause, on=rules.day),
        "given": GIVEN.get(asked, ""),
        "typed": typed or {},
        **tried.form(actor.key, now=staff.now),
        "list_url": page_url(community),
        "today": rules.day.isoformat(),
    }
    return render(staff, "procedures/clause.html", context, status=tried.status)


def _facts(clause: Clause) -> list[tuple[str, str]]:
    every = EVERY.get(clause.every or "", clause.every or "")
    rows = [
        (_("应由"), "、".join(str(ROLES[each]) for each in clause.actors)),
        (_("多久一次"), str(every)),
        (_("出处"), "；".join(clause.source)),
    ]
    return [(word, value) for word, value in rows if value]


def _written(clause: Clause) -> list[tuple[str, str]]:
    """Return what the register says in its own language, for who checks it."""
    rows = [
        (_("期限"), clause.due or _("没有写明日期：一直开着，不算逾期")),
        (_("从什么开始"), clause.trigger or ""),
        (_("凭据"), clause.evidence),
    ]
    return [(word, value) for word, value in rows if value]


def _stats(year: Year, number: int) -> list[dict[str, Any]]:
    return [
        {"label": _("%(year)s 年应办") % {"year": number}, "number": len(year.duties), "unit": _("项"), "than": ""},
        {"label": _("按期办了"), "number": year.in_time, "unit": _("项"), "than": ""},
        {"label": _("逾期"), "number": year.late, "unit": _("项"), "than": _("应为 0"),
         "tone": "brick" if year.late else ""},
        {"label": _("还开着"), "number": year.open, "unit": _("项"),
         "than": _("%(n)s 项同意免办") % {"n": year.excused} if year.excused else ""},
    ]  # fmt: skip


def duty_row(duty: Duty, now: datetime) -> dict[str, Any]:
    """Return a duty as lists show it, with the address of its page."""
    late = stands_late(duty, now)
    kind, _colon, number = duty.subject.partition(":")
    return {
        "period": "" if duty.trigger else duty.key.rpartition(":")[2],
        "subject": number if kind == "request" else "",
        "url": reverse("duty", args=[duty.id]),
        "due": duty.due_at,
        "met_at": duty.fulfilled_at,
        "started": duty.start_at,
        "owed_by": duty.staff.name if duty.staff else ROLES[duty.role],
        "status": status_of_duty(duty, late=late),
    }


def status_of_duty(duty: Duty, *, late: bool) -> Any:
    """Return the word, tone and shape of a duty's state."""
    name = str(duty.state)
    if late:
        name = {"open": "late", "fulfilled": "fulfilled_late"}.get(name, name)
    return STATES[name]
