"""The front desk: one word registered, answered at once, or added to the open case it belongs to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hemu.access.actors import Actor
from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.taking import Brought, draft_rows, files_brought
from hemu.estate.callers import phone_as_said
from hemu.estate.models import Community, Home, Staff
from hemu.estate.queries import caller_at, home_as_said, home_by_id, people_of
from hemu.foundation.errors import RuleViolation
from hemu.foundation.redaction import mask_phone
from hemu.front_desk.operations import add_to_open, answer_at_once, second_open
from hemu.front_desk.queries import people_named
from hemu.front_desk.web.beside import id_of
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import OFFICE_ZONE, office_day, typed_moment
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.infra.web.panels import panels_about
from hemu.ledger.operations import Act
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller, register_request
from hemu.service_requests.operations.outside import Outside
from hemu.service_requests.queries import communities_of, request_for
from hemu.service_requests.web.said import say
from hemu.service_requests.wording import CHANNELS, OUTSIDE_BODIES, TYPES

FIELDS = (
    "community",
    "home",
    "home_words",
    "person",
    "same_as",
    "name",
    "phone",
    "type",
    "text",
    "answer",
    "channel",
    "at",
    "anonymous",
    "speaker",
    "speaker_phone",
    "answer_speaker",
    "named",
    "late_reason",
    "outside_body",
    "outside_number",
    "outside_due_at",
    "files",
)
TYPE_ICONS = {
    "repair_home": "wrench",
    "repair_public": "building-2",
    "complaint": "message-square-warning",
    "inquiry": "circle-question-mark",
    "suggestion": "lightbulb",
    "help": "hand-helping",
    "praise": "heart",
    "other": "ellipsis",
}
DESK_CHANNELS = {
    "phone": "phone",
    "walk_in": "user",
    "chat": "message-circle",
    "letter": "mail",
    "visit": "footprints",
}
Values = dict[str, str]


@needs("request.register")
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Show the form (GET; from: the case whose caller goes on) or register one word and go to its case (POST).

    POST takes the fields, key, and `then`: ``answered`` answers the word and closes it in the same act, ``fill``
    shows the form with the fields in it and writes nothing.
    """
    staff = cast("StaffRequest", request)
    if request.method == "GET":
        communities = _communities(staff)
        return _form(staff, communities, _fresh(staff, communities))
    if request.POST.get("then") == "fill":
        return _form(staff, _communities(staff), _filled(staff))
    answered = request.POST.get("then") == "answered"
    return _done(
        staff,
        said="answered" if answered else "registered",
        act=lambda values: _registered(staff, values, answered=answered),
    )


def _communities(staff: StaffRequest) -> list[Community]:
    return communities_of(staff.actor, "request.register")


@needs("request.register")
@require_POST
def join(request: HttpRequest, number: str) -> HttpResponse:
    """Put a word to an open case (POST: the fields of the form, key, join: ``add`` or ``second``)."""
    staff = cast("StaffRequest", request)
    second = request.POST.get("join") == "second"
    return _done(
        staff,
        said="seconded" if second else "added",
        act=lambda values: _joined(staff, number, values, second=second),
    )


def _done(staff: StaffRequest, *, said: str, act: Callable[[Values], Request]) -> HttpResponse:
    """Do it once and go to the case, which then says so; refused, show the form again with all that was typed."""
    values, files = {name: staff.POST.get(name, "") for name in FIELDS}, Brought()
    try:
        files = files_brought(staff, by=staff.actor.key, now=staff.now)
        values["files"] = ",".join(files.ids)
        answer = once(
            account=staff.actor.key,
            key=staff.POST.get("key", ""),
            body=values | {"said": said, "path": staff.path, "files": files.said},
            now=staff.now,
            act=lambda: _answer(act(values)),
        )
    except RuleViolation as refusal:
        return _form(staff, _communities(staff), values, refusal)
    return say(redirect("request", answer["number"]), answer["number"], said)


def _answer(made: Request) -> dict[str, Any]:
    return {"number": made.number, "state": str(made.state), "version": made.version}


def _registered(staff: StaffRequest, values: Values, *, answered: bool) -> Request:
    if values["answer"].strip() and not answered:
        raise RuleViolation("register.answer_left")
    if not values["type"]:
        raise RuleViolation("register.no_type")
    community, home, said = _place(staff.actor, values)
    word: dict[str, Any] = {
        "community": community,
        "home": home,
        "type": values["type"],
        "text": values["text"],
        "caller": _caller(staff, home, values),
        "act": _act(staff, values),
        "channel": values["channel"] or "phone",
        "place": said,
        "late_reason": values["late_reason"],
        "first_asked": Staff(id=staff.actor.staff_id),
        "outside": Outside.read(values["outside_body"], values["outside_number"], values["outside_due_at"]),
        "files": _files(values),
        "named": [values["named"]] if values["named"] else [],
    }
    if answered:
        return answer_at_once(answer=values["answer"], by=staff.actor, **word)
    return register_request(**word)


def _joined(staff: StaffRequest, number: str, values: Values, *, second: bool) -> Request:
    case = request_for(staff.actor, number, "request.register")
    _community, home, _said = _place(staff.actor, values | {"community": str(case.community_id)})
    act = _act(staff, values)
    if not second:
        return add_to_open(
            number=case.number, text=values["text"], act=act, by=staff.actor, files=_files(values)
        )
    person = _caller(staff, home, values).person_id
    return second_open(
        number=case.number,
        text=values["text"],
        home=home.written if home else "",
        person=str(person or ""),
        act=act,
        by=staff.actor,
        files=_files(values),
    )


def _files(values: Values) -> list[str]:
    return values["files"].split(",") if values["files"] else []


def _place(actor: Actor, values: Values) -> tuple[Community, Home | None, str]:
    """Return community, home and the place as said; a picked home brings its community with it."""
    words = values["home_words"].strip()
    if values["home"]:
        picked = home_by_id(id_of(values["home"]))
        here = picked and actor.may("request.register", picked.community.office_id)
        if picked and here and (not words or words == picked.written):
            return picked.community, picked, ""
    there = actor.communities("request.register").select_related("office")
    community = there.filter(id=id_of(values["community"])).first()
    if community is None:
        raise RuleViolation("register.no_community")
    if phone_as_said(words):  # somebody of no home we know
        return community, None, ""
    return community, *home_as_said(community, words)


def _caller(staff: StaffRequest, home: Home | None, values: Values) -> Caller:
    """Return whose matter it is, and who speaks for them where the fold of the form says so."""
    caller = _concerned(staff, home, values)
    if not (values["speaker"].strip() or values["speaker_phone"].strip() or values["answer_speaker"]):
        return caller
    return replace(
        caller,
        speaker=values["speaker"],
        speaker_phone=values["speaker_phone"],
        answer_speaker=bool(values["answer_speaker"]),
    )


def _concerned(staff: StaffRequest, home: Home | None, values: Values) -> Caller:
    if values["anonymous"]:
        return Caller(anonymous=True)
    today, name, phone = office_day(staff.now), values["name"], values["phone"]
    if values["same_as"] and not (values["person"] or name or phone):
        return Caller.of(request_for(staff.actor, values["same_as"], "request.register"))
    known = (
        people_of(home, on=today).filter(id=id_of(values["person"])) if home and values["person"] else None
    )
    person = known.first() if known is not None else None
    if person is None:
        phone = phone or phone_as_said(values["home_words"])
        return Caller(caller_at(home, phone, name, on=today), name, phone)
    phones = list(person.phones.all())
    return Caller(person.id, name or person.name, phone or (phones[0].number if phones else ""))


def _act(staff: StaffRequest, values: Values) -> Act:
    return staff.actor.act(now=staff.now, at=_moment(values["at"], staff.now))


def _moment(text: str, now: datetime) -> datetime:
    if not text or text == _minute(now):  # untouched: this very moment
        return now
    try:
        return typed_moment(text)
    except ValueError as error:
        raise RuleViolation("request.unreadable_date", field="at", value=text[:40]) from error


def _minute(now: datetime) -> str:
    return now.astimezone(OFFICE_ZONE).strftime("%Y-%m-%dT%H:%M")


def _fresh(staff: StaffRequest, communities: list[Community]) -> Values:
    """Return the values of an empty form, or of the next matter of the same caller."""
    first = str(communities[0].id) if communities else ""
    values = {"channel": "phone", "at": _minute(staff.now), "community": first}
    if not staff.GET.get("from"):
        return values
    try:
        case = request_for(staff.actor, staff.GET["from"], "request.register")
    except RuleViolation:
        return values
    return values | {
        "community": str(case.community_id),
        "home": str(case.home_id or ""),
        "home_words": case.home.written if case.home else case.place,
        "person": str(case.person_id or ""),
        "same_as": case.number,
        "channel": case.channel,
        "anonymous": "1" if case.anonymous else "",
    }


def _filled(staff: StaffRequest) -> Values:
    """Return the values of a form that another page fills: posted, for words are in no address."""
    return {name: staff.POST.get(name, "") for name in FIELDS} | {"at": _minute(staff.now)}


ERROR_FIELDS = {
    "home.unknown": "home",
    "request.no_words": "text",
    "request.too_long": "text",
    "entry.in_future": "at",
    "request.unreadable_date": "at",
    "entry.late_needs_reason": "late_reason",
    "outside.no_body": "outside_body",
    "outside.duplicate": "outside_number",
    "outside.duplicate_elsewhere": "outside_number",
    "behalf.anonymous": "speaker",
    "behalf.no_phone": "speaker_phone",
    "register.no_community": "community",
    "register.no_type": "type",
    "register.answer_left": "answer",
    "answer.no_words": "answer",
    "answer.needs_work": "type",
}


def _form(
    request: StaffRequest, communities: list[Community], values: Values, refusal: RuleViolation | None = None
) -> HttpResponse:
    field = ERROR_FIELDS.get(refusal.code, "") if refusal else ""
    if refusal and refusal.code == "request.unknown_value":
        field = str(refusal.params["field"])
    words = words_for(refusal) if refusal else ""
    context = {
        # A refused form keeps its key: nothing was written under it.
        "key": request.POST.get("key") or new_id(request.now).hex,
        "draft": f"register:{request.actor.staff_id}",
        "fresh": request.method == "GET" and not values.get("same_as"),
        "communities": [(str(each.id), each.name) for each in communities],
        "types": [(code, word, TYPE_ICONS[code]) for code, word in TYPES.items()],
        "bodies": list(OUTSIDE_BODIES.items()),
        "staff_names": people_named(communities, on=office_day(request.now)),
        "channels": [(code, CHANNELS[code], icon) for code, icon in DESK_CHANNELS.items()],
        "values": values,
        "same_caller": _same_caller(request, values),
        "errors": {field: words} if field else {},
        "refusal": words if refusal and not field else "",
        "callers_url": reverse("request_callers"),
        "home_people_url": reverse("request_people"),
        "suggestion_url": reverse("request_suggestion"),
        "similar_url": reverse("request_similar"),
        "register_url": reverse("register"),
        "panels": panels_about("register", request, None),
        "upload_url": reverse("file_upload"),
        "pasted_url": reverse("pasted"),
        "drafts": draft_rows(request.actor.key, [values.get("files", "")]),
    }
    status = status_of(refusal) if refusal else 200
    return render(request, "front_desk/register.html", context, status=status)


def _same_caller(staff: StaffRequest, values: Values) -> str:
    """Return who goes on speaking, the number masked; empty where it is not known or the home's people show it."""
    if not values.get("same_as") or values.get("person"):
        return ""
    try:
        case = request_for(staff.actor, values["same_as"], "request.register")
    except RuleViolation:
        return ""
    phone = mask_phone(case.caller_phone) if case.caller_phone else ""
    return " ".join(filter(None, [case.caller_name, phone]))
