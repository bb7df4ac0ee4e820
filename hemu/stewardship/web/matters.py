"""The lists of issues found and of property kept, entering one, and the page of one with its steps."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.estate.queries import home_as_said, office_rules
from hemu.foundation.errors import RuleViolation
from hemu.foundation.steps import Step
from hemu.infra.web.needs import needs
from hemu.ledger.queries import timeline
from hemu.quality.web.panels import action_panel
from hemu.service_requests.queries import communities_of
from hemu.service_requests.web.panels import entry_rows
from hemu.stewardship.models import Matter
from hemu.stewardship.operations import find_issue, receive_property, take_step
from hemu.stewardship.queries import WAITING, listed, matter_for, visible_to
from hemu.stewardship.rules import ISSUE, PROPERTY, STEPS_OF, THINGS
from hemu.stewardship.wording import ASKED, FIELDS, STATES, STEPS
from hemu.stewardship.wording import THINGS as THING_WORDS

KINDS = (ISSUE, PROPERTY)
TYPED = ("kind", "community", "room", "place", "thing", "words")


@needs("matter.view")
@require_GET
def matters(request: HttpRequest) -> HttpResponse:
    """Show one of the two lists, newest first (GET: kind, state, after)."""
    staff = cast("StaffRequest", request)
    kind, state = _kind(request.GET.get("kind", "")), request.GET.get("state", "open")
    rows = visible_to(staff.actor).filter(kind=kind)
    try:
        after = UUID(request.GET["after"]) if request.GET.get("after") else None
    except ValueError as error:
        raise Http404(request.GET["after"]) from error
    found, following = listed(rows, state=state, after=after)
    several = len({each.community_id for each in found}) > 1
    context = {
        "kind": kind,
        "tabs": _tabs(kind, state),
        "state": state,
        "rows": [_row(each, several=several) for each in found],
        "first": _list_url(kind, state) if after else "",
        "following": _list_url(kind, state, after=following) if following else "",
        "may_enter": staff.actor.may("matter.step"),
        "new_url": f"{reverse('matter_new')}?{urlencode({'kind': kind})}",
    }
    return render(staff, "stewardship/matters.html", context)


def _kind(text: str) -> str:
    return text if text in KINDS else ISSUE


def _tabs(kind: str, state: str) -> list[dict[str, Any]]:
    waiting = _("还没告诉业主")
    tabs = [
        (ISSUE, "open", _("发现的问题")),
        (PROPERTY, "open", _("代管的财物")),
        (kind, "waiting", waiting),
        (kind, "all", _("全部")),
    ]
    return [
        {"label": label, "url": _list_url(each, which), "current": (each, which) == (kind, state)}
        for each, which, label in tabs
    ]


def _list_url(kind: str, state: str, after: str = "") -> str:
    asked = {"kind": kind, "state": state} | ({"after": after} if after else {})
    return f"{reverse('matters')}?{urlencode(asked)}"


def _row(each: Matter, *, several: bool) -> dict[str, Any]:
    return {
        "url": reverse("matter", args=[each.id]),
        "words": each.text,
        "place": _place(each),
        "thing": THING_WORDS.get(each.thing, ""),
        "community": each.community.name if several else "",
        "status": STATES[each.state],
        "waiting": each.state in WAITING,
        "by": each.opened_by.name,
        "at": each.opened_at,
    }


def _place(each: Matter) -> str:
    home = each.home.written if each.home else ""
    return " · ".join(filter(None, (home, each.place))) or _("公共部位")


@needs("matter.step")
@require_http_methods(["GET", "POST"])
def new_matter(request: HttpRequest) -> HttpResponse:
    """Show the form (GET: kind, community); enter one (POST: kind, community, room, place, thing, words, files, key)."""
    staff = cast("StaffRequest", request)
    if staff.method == "GET":
        return _form(staff, {"kind": staff.GET.get("kind", ""), "community": staff.GET.get("community", "")})
    typed = {name: staff.POST.get(name, "") for name in TYPED}
    tried = try_act(
        staff,
        by=staff.actor.key,
        now=staff.now,
        typed=typed,
        act=lambda files: {"matter": str(_entered(staff, typed, files).id)},
    )
    if tried.refusal:
        return _form(staff, typed, tried)
    return redirect("matter", tried.answer["matter"])


def _entered(staff: StaffRequest, typed: Mapping[str, str], files: list[str]) -> Matter:
    community = community_asked(staff, "matter.step", typed["community"])
    home, said = home_as_said(community, typed["room"])
    place = typed["place"].strip() or said

    known: dict[str, Any] = {
        "community": community,
        "by": staff.actor,
        "act": staff.actor.act(now=staff.now),
        "words": typed["words"],
        "files": files,
    }
    if _kind(typed["kind"]) == ISSUE:
        return find_issue(home=home, place=place, **known)
    if home is None:
        raise RuleViolation("matter.needs_home")
    return receive_property(home=home, thing=typed["thing"], place=place, **known)


def _form(
    staff: StaffRequest,
    typed: Mapping[str, str],
    tried: Tried = UNTRIED,
) -> HttpResponse:
    kind = _kind(typed.get("kind", ""))
    context = {
        "kind": kind,
        "typed": typed,
        "communities": [(str(each.id), each.name) for each in communities_of(staff.actor, "matter.step")],
        "community": str(community_asked(staff, "matter.step", typed.get("community", "")).id),
        "things": [(code, THING_WORDS[code]) for code in THINGS],
        **tried.form(staff.actor.key, now=staff.now),
        "list_url": _list_url(kind, "open"),
    }
    return render(staff, "stewardship/new.html", context, status=tried.status)


@needs("matter.view")
@require_GET
def matter_page(request: HttpRequest, matter: UUID) -> HttpResponse:
    """Show one, with the steps that this person may take."""
    staff = cast("StaffRequest", request)
    return _page(staff, _found(staff, matter))


@needs("matter.step")
@require_POST
def matter_step(request: HttpRequest, matter: UUID) -> HttpResponse:
    """Take a step (POST: step, version, words, what it asks for, files, key) and show the matter again."""
    staff = cast("StaffRequest", request)
    found, step = _found(staff, matter), staff.POST.get("step", "")
    body = {name: staff.POST.get(name, "") for name in ("step", "version", "words", *FIELDS)}
    tried = try_act(
        staff,
        by=staff.actor.key,
        now=staff.now,
        typed=body | {"matter": str(matter)},
        act=lambda files: _taken(staff, found, body, files),
    )
    if tried.refusal:
        return _page(staff, _found(staff, matter), tried, body | {"refused": step})
    return redirect("matter", found.id)


def _taken(staff: StaffRequest, found: Matter, body: Mapping[str, str], files: list[str]) -> dict[str, Any]:
    entry = take_step(
        matter=found.id,
        step=body["step"],
        by=staff.actor,
        act=staff.actor.act(now=staff.now),
        words=body["words"],
        values=body,
        files=files,
        version=int(body["version"]) if body["version"].isdecimal() and len(body["version"]) < 10 else None,
    )
    return {"entry": str(entry.id)}


def _found(staff: StaffRequest, matter: UUID) -> Matter:
    try:
        return matter_for(staff.actor, matter)
    except RuleViolation as refusal:
        raise Http404(str(matter)) from refusal


def _page(
    staff: StaffRequest,
    found: Matter,
    tried: Tried = UNTRIED,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    typed, office = typed or {}, found.community.office
    roles = staff.actor.roles_at(office.id) if staff.actor.may("matter.step", office.id) else frozenset()
    context = {
        "matter": found,
        "place": _place(found),
        "thing": THING_WORDS.get(found.thing, ""),
        "status": STATES[found.state],
        "forms": [_step_form(each, typed) for each in STEPS_OF[found.kind].allowed(found.state, roles)],
        **tried.form(staff.actor.key, now=staff.now),
        "list_url": _list_url(found.kind, "open"),
        "timeline": entry_rows(timeline(found.subject), office_rules(office, on=staff.now).time)[::-1],
        "actions": action_panel(
            staff, community=found.community, source="issue", about=found.subject, place=found.place
        ),
    }
    return render(staff, "stewardship/matter.html", context, status=tried.status)


def _step_form(step: Step, typed: Mapping[str, str]) -> dict[str, Any]:
    again = typed.get("refused") == step.name
    codes: Mapping[str, tuple[str, ...]] = step.extras["codes"]  # type: ignore[assignment]
    return {
        "name": step.name,
        "label": STEPS[step.name],
        "asked": ASKED[step.name],
        "words": typed.get("words", "") if again else "",
        "open": again,
        "fields": [
            {
                "name": name,
                "label": FIELDS[name][0],
                "options": [(code, FIELDS[name][1][code]) for code in known],
                "value": typed.get(name, "") if again else known[0],
            }
            for name, known in codes.items()
        ],
    }
