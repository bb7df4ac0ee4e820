"""Pages that show several rooms: today, the duties due, a person's messages."""

from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hemu.access.actors import Actor
from hemu.access.web.gate import StaffRequest
from hemu.adjusting.queries import proposals_of
from hemu.console.web.lines import cases_of, duty_lines, end_of, subject_url
from hemu.console.web.message_words import message_words
from hemu.console.web.my_day import my_day, started
from hemu.contact_channels.queries import calls_of, to_return
from hemu.dispatching.queries import planned_hand_overs
from hemu.dispatching.web.handing import refused_words
from hemu.duties.models import Duty
from hemu.duties.queries import Due, due_lines, due_within, duties_in
from hemu.duties.queries_owing import Owing
from hemu.duty_calendar.queries import hidden_from
from hemu.estate.models import Office
from hemu.estate.queries import office_rules
from hemu.estate.wording import ROLES
from hemu.figures.queries import recalls_to_make
from hemu.foundation.due import is_late
from hemu.infra.models import Trouble
from hemu.infra.moments import office_day
from hemu.infra.web.needs import SIGNED_IN, needs
from hemu.infra.wording import date_words
from hemu.ledger.queries import last_seal, unsealed_count
from hemu.messaging.models import Message
from hemu.messaging.operations import mark_read
from hemu.messaging.queries import latest_messages
from hemu.quality.queries import waiting_count as actions_waiting
from hemu.service_requests.models import Request
from hemu.service_requests.queries import (
    counted,
    visible_to,
    waiting_for_answer,
)
from hemu.setting_up.web.overview import WORDS_BEFORE_QUIET
from hemu.stewardship.queries import waiting_count
from hemu.stewardship.rules import ISSUE, PROPERTY

MOST, MISSED_SHOWN, WAITING_SHOWN = 200, 99, 99
PRESSING = 8


@needs(SIGNED_IN)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show where things stand today."""
    staff = cast("StaffRequest", request)
    actor, now = staff.actor, staff.now
    due = _due_today(actor, now)
    day = my_day(actor, now)
    mine = {row["id"] for group in day for row in group["rows"]}
    context: dict[str, Any] = {
        "today": date_words(office_day(now)),
        "open_words": _open_words(actor, now),
        "stats": _stats(actor, due, now),
        "day": day,
        "rows": duty_lines(duties_in([each for each in due if each.id not in mine][:PRESSING]), actor),
        "duties_url": reverse("duties") if actor.may("duty.view") else "",
        "book": _book(may_publish=actor.may("root.publish")),
        "register_url": reverse("register") if actor.may("request.register") else "",
        "links": [*_hand_overs(actor, now), *_links(actor, now)],
        "troubles_url": reverse("troubles") if actor.may("setup.change") and Trouble.objects.exists() else "",
    }
    return render(request, "console/home.html", context)


HAND_OVERS_AHEAD = timedelta(days=2)


def _hand_overs(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Return the hand-overs of today and the next two days, and those whose day brought a refusal."""
    if not actor.may("dispatch.arrange"):
        return []
    return [
        {
            "label": _("%(name)s → %(to)s 交接")
            % {"name": each.staff.name, "to": each.stand_in.name if each.stand_in else _("谁先接谁办")},
            "words": refused_words(each) or _("%(day)s自动交接") % {"day": date_words(each.since)},
            "icon": "arrow-right-left",
            "url": f"{reverse('hand_over')}?office={each.office_id}",
        }
        for each in planned_hand_overs(actor, until=office_day(now + HAND_OVERS_AHEAD))
    ]


def _links(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Return what leads on to work that no list of the navigation holds, and to setting up what has hardly begun."""
    return [
        *_setting_up(actor),
        *_calls(actor),
        *_matters(actor),
        *_rules(actor),
        *_actions(actor, now),
        *_figures(actor),
    ]


def _rules(actor: Actor) -> list[dict[str, Any]]:
    if not actor.may("rules.change"):
        return []
    waiting = proposals_of(actor).filter(state="waiting").exclude(stated_by=actor.key)[:WAITING_SHOWN].count()
    words = _("%(n)s 项改动等您确认") % {"n": waiting} if waiting else ""
    return [{"label": _("规则里的数"), "words": words, "icon": "scale", "url": reverse("rules")}]


def _calls(actor: Actor) -> list[dict[str, Any]]:
    if not actor.may("call.keep"):
        return []
    missed = to_return(calls_of(actor))[:MISSED_SHOWN].count()
    words = _("%(n)s 通漏接，要回拨") % {"n": missed} if missed else ""
    return [{"label": _("来电"), "words": words, "icon": "phone", "url": reverse("calls")}]


def _matters(actor: Actor) -> list[dict[str, Any]]:
    if not actor.may("matter.step"):
        return []
    kinds = [(ISSUE, _("发现的问题"), "search"), (PROPERTY, _("代管的财物"), "package")]
    return [
        {
            "label": label,
            "icon": icon,
            "words": _("%(n)s 件还没告诉业主") % {"n": waiting}
            if (waiting := waiting_count(actor, kind))
            else "",
            "url": f"{reverse('matters')}?kind={kind}",
        }
        for kind, label, icon in kinds
    ]


def _actions(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    if not actor.may("action.step"):
        return []
    waiting = actions_waiting(actor, now=now)
    words = _("%(n)s 项等着您") % {"n": waiting} if waiting else ""
    return [{"label": _("整改"), "icon": "clipboard-check", "words": words, "url": reverse("actions")}]


def _figures(actor: Actor) -> list[dict[str, Any]]:
    if not actor.may("figure.view"):
        return []
    waiting = recalls_to_make(actor)[:WAITING_SHOWN].count() if actor.may("evidence.recall") else 0
    words = _("%(n)s 件凭口述的，要再问一遍") % {"n": waiting} if waiting else ""
    url = reverse("recalls" if waiting else "figures")
    return [{"label": _("做到多少"), "icon": "gauge", "words": words, "url": url}]


def _setting_up(actor: Actor) -> list[dict[str, Any]]:
    if (
        not actor.may("setup.change")
        or Request.objects.all()[:WORDS_BEFORE_QUIET].count() == WORDS_BEFORE_QUIET
    ):
        return []
    words = _("做到一半的接着做。")
    return [{"label": _("十分钟启用一个小区"), "words": words, "icon": "rocket", "url": reverse("setup")}]


def _due_today(actor: Actor, now: datetime) -> list[Due]:
    """Return what is due by tonight and may be seen, the longest late first, at most 200."""
    if not actor.may("duty.view"):
        return []
    lines = due_lines(offices=actor.offices_with("duty.view"), until=end_of(now, days=0), limit=MOST)
    hidden = hidden_from(actor)
    return [each for each in lines if each.subject not in hidden]


def _stats(actor: Actor, due: list[Due], now: datetime) -> list[dict[str, Any]]:
    if not actor.may("request.view"):
        return []
    cases = visible_to(actor)
    counts = counted(cases, offices=actor.offices_with("request.view"), staff=actor.staff_id, now=now)
    answers = waiting_for_answer(cases)
    late_count = sum(1 for each in due if is_late(now, each.due_at))
    today = len(due) - late_count
    return [
        {"label": _("未结诉求"), "number": counts["open"] or "0", "unit": _("件"),
         "than": _("其中 %(n)s 件逾期") % {"n": counts["late"] or "0"}, "url": f"{reverse('requests')}?state=open"},
        {"label": _("逾期事项"), "number": late_count, "unit": _("项"), "tone": "brick" if late_count else "",
         "than": _("应为 0"), "url": f"{reverse('duties')}#late"},
        {"label": _("今天到期"), "number": today, "unit": _("项"), "tone": "amber" if today else "",
         "than": _("今天之内"), "url": f"{reverse('duties')}#today"},
        {"label": _("还没答复的诉求"), "number": answers or "0", "unit": _("件"), "than": _("三个工作日内答复"),
         "url": f"{reverse('requests')}?state=open"},
    ]  # fmt: skip


def _open_words(actor: Actor, now: datetime) -> str:
    office = Office.objects.filter(id__in=[each for each in actor.offices if each]).first()
    if office is None:
        return ""
    clock = office_rules(office, on=now).time
    if not clock.calendar.is_working_day(clock.local(now).date()):
        return _("今天管理处休息，前台照常值班。")
    return _("现在是办公时间。") if clock.is_open(now) else _("现在不在办公时间，前台照常值班。")


def _book(*, may_publish: bool) -> dict[str, Any]:
    seal = last_seal()
    return {
        "entries": seal.total if seal else 0,
        "unsealed": unsealed_count(),
        "sealed_at": seal.sealed_at if seal else None,
        "root": seal.code if seal else "",
        "url": reverse("book_publish" if may_publish else "book"),
        "verified_words": _("把封存码贴到公告栏，以后谁都能核对台账没有改过。"),
    }


@needs("duty.view")
@require_GET
def duties(request: HttpRequest) -> HttpResponse:
    """Show the duties due (GET: community, role, mine): late, today, this week."""
    staff = cast("StaffRequest", request)
    actor, now = staff.actor, staff.now
    chosen = {name: request.GET.get(name, "") for name in ("community", "role", "mine")}
    communities = actor.places("duty.view")
    books = [each.book for each in communities if str(each.id) == chosen["community"]] or None
    owing = Owing(actor, on=office_day(now))
    found = [
        duty
        for duty in due_for(actor, until=end_of(now, days=7), books=books)
        if (not chosen["role"] or duty.role == chosen["role"]) and (not chosen["mine"] or owing.owes(duty))
    ]
    today = end_of(now, days=0)
    lines, cases = started if chosen["mine"] else duty_lines, cases_of(found)
    groups = [
        (
            "late",
            _("已逾期"),
            _("逾期的标记不会消失，先办这些。"),
            [each for each in found if _is_late(each, now)],
        ),
        (
            "today",
            _("今天到期"),
            "",
            [each for each in found if not _is_late(each, now) and _due_at(each) <= today],
        ),
        ("week", _("七天之内"), "", [each for each in found if _due_at(each) > today]),
    ]
    context = {
        "groups": [
            {
                "key": key,
                "title": title,
                "lead": lead,
                "rows": lines(rows, actor, cases),
            }
            for key, title, lead, rows in groups
            if rows
        ],
        "communities": [(str(each.id), each.name) for each in communities],
        "community": chosen["community"],
        "roles": [
            (role, ROLES[role])
            for role in sorted({duty.role for duty in found} | {chosen["role"]})
            if role in ROLES
        ],
        "role": chosen["role"],
        "mine": bool(chosen["mine"]),
        "filtered": any(chosen.values()),
        "clear_url": reverse("duties"),
        "unpublished": _unpublished(actor, now),
    }
    return render(request, "console/duties.html", context)


def due_for(actor: Actor, *, until: datetime, books: list[Any] | None = None) -> list[Duty]:
    """Return the open duties due by ``until`` that a person may see, the longest late first, at most 200."""
    if not actor.may("duty.view"):
        return []
    found = due_within(offices=actor.offices_with("duty.view"), books=books, until=until, limit=MOST)
    hidden = hidden_from(actor)
    return [duty for duty in found if duty.subject not in hidden]


def _due_at(duty: Duty) -> datetime:
    assert duty.due_at is not None  # `due_within` returns only duties with a date
    return duty.due_at


def _is_late(duty: Duty, now: datetime) -> bool:
    return duty.is_late or now > _due_at(duty) + timedelta(seconds=1)


def _unpublished(actor: Actor, now: datetime) -> str:
    office = (
        Office.objects.filter(id__in=[each for each in actor.offices if each]).first()
        or Office.objects.first()
    )
    if office is None:
        return ""
    clock = office_rules(office, on=now).time
    today = clock.local(now).date()
    years = clock.calendar.unpublished(today, today + timedelta(days=30))
    if not years:
        return ""
    return _("%(years)s 年的放假和调休安排还没有公布，跨到那一年的期限先按周末推算，公布后会重算。") % {
        "years": "、".join(map(str, years))
    }


@needs(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def messages(request: HttpRequest) -> HttpResponse:
    """Show a person's newest messages (GET) and mark them read (POST)."""
    staff = cast("StaffRequest", request)
    if request.method == "POST":
        mark_read(staff=staff.actor.staff_id, now=staff.now)
    hidden = hidden_from(staff.actor)
    rows = [
        {
            "words": message_words(each.topic, each.facts),
            "url": message_url(each),
            "subject": "" if each.topic.startswith(("report.", "paper.")) else each.subject.partition(":")[2],
            "at": each.sent_at,
            "read": each.read_at is not None,
        }
        for each in latest_messages(staff.actor.staff_id)
        if each.subject not in hidden
    ]
    return render(
        request, "console/messages.html", {"rows": rows, "unread": any(not row["read"] for row in rows)}
    )


def message_url(message: Message) -> str:
    """Return where a message leads: a paper to be decided over to the page of its two buttons, a notice to its own."""
    if message.topic == "paper.to_decide":
        return reverse("document_approve", args=[UUID(message.subject.partition(":")[2])])
    if message.topic == "paper.to_correct":
        return reverse("notice", args=[UUID(message.subject.partition(":")[2])])
    return subject_url(message.subject)
