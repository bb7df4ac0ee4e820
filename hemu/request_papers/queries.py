"""Gathering what papers say from cases, return visits and the book; the gates are those of the things themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from hemu.attachments.queries import bytes_of, files_of
from hemu.duties.queries import nearest_due
from hemu.duties.rules import is_late_entry
from hemu.estate.models import Community, Company
from hemu.estate.queries import office_rules, staff_names
from hemu.foundation.redaction import mask_phone
from hemu.infra.moments import OFFICE_ZONE, parse_moment
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.request_papers.forms.case import CaseOnPaper, House, VisitOnPaper
from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.wording import ATTITUDES, CLASSES, RESULTS, TIMELINESS
from hemu.return_visits.wording import CHANNELS as WAYS
from hemu.service_requests.models import Request
from hemu.service_requests.wording import CHANNELS, NATURES, OUTCOMES, TYPES, URGENCIES

CHINESE = "zh-hans"
MOST_ROWS = 500
Story = dict[str, list[Entry]]
"""The entries of a case by kind, in the order of the book."""


def house_of(community: Community) -> House:
    """Return the names that head the papers of a community."""
    company = Company.objects.first()
    return House(company.name if company else "", community.office.name, community.name)


def registered_between(rows: QuerySet[Request], *, since: datetime, until: datetime) -> list[Request]:
    """Return the cases whose call was between two moments, the first included and the last not, at most 501.

    A paper takes 500; the one more tells that there are too many.
    """
    found = rows.filter(happened_at__gte=since, happened_at__lt=until)
    return list(found.order_by("happened_at", "id")[: MOST_ROWS + 1])


def cases_on_paper(requests: Sequence[Request], *, phones: bool) -> list[CaseOnPaper]:
    """Return cases as papers print them, in a fixed number of statements however many they are.

    Args:
        phones: in full; the caller has seen to it that whoever prints may see them. Otherwise they are masked.
    """
    stories: dict[str, Story] = {request.subject: {} for request in requests}
    entries = list(Entry.objects.filter(subject__in=stories).select_related("words_row").order_by("seq"))
    signed = _signatures(entries)
    for entry in entries:
        stories[entry.subject].setdefault(entry.kind, []).append(entry)
    names = staff_names(set(_staff(requests)))
    dues = nearest_due(stories)
    with translation.override(CHINESE):
        return [
            replace(
                _case(each, stories[each.subject], names, phones),
                due=_moment(dues.get(each.subject)),
                **signed.get(each.subject, {}),
            )
            for each in requests
        ]


def _signatures(entries: Sequence[Entry]) -> dict[str, dict[str, Any]]:
    """Return the newest signature on the glass of each subject: its picture, and when it was given."""
    named = [
        (entry, UUID(each["id"]))
        for entry in entries
        for each in entry.facts.get("files", ())
        if each["use"] == "signature"
    ]
    files = files_of(entry for entry, _ in named)
    found: dict[str, dict[str, Any]] = {}
    for entry, file in named:
        picture = bytes_of(files[file].shown_name) if file in files else None
        if picture:
            day = entry.at.astimezone(OFFICE_ZONE)
            found[entry.subject] = {
                "signature": picture,
                "signed_at": f"{day.year}年{day.month}月{day.day}日",
            }
    return found


def _staff(requests: Iterable[Request]) -> Iterable[UUID]:
    for request in requests:
        yield from filter(None, (request.first_asked_id, request.handler_id))


def _case(request: Request, story: Story, names: dict[UUID, str], phones: bool) -> CaseOnPaper:
    registered = _last(story, "request.registered")
    told = _last(story, "request.owner_informed") or _last(story, "request.replied")
    resolved = _last(story, "request.resolved")
    late = _late(request, registered) if registered else False
    phone = request.caller_phone
    return CaseOnPaper(
        number=request.number,
        type=request.type,
        type_word=str(TYPES[request.type]),
        channel=str(CHANNELS[request.channel]),
        happened=_moment(request.happened_at),
        entered=_moment(request.registered_at) if late else "",
        late_reason=_said(registered, "late_reason"),
        room=request.home.written if request.home else request.place,
        name="匿名" if request.anonymous else request.caller_name,
        spoken_by=request.speaker_name,
        answered=request.answered_name,
        phone=phone if phones or not phone else mask_phone(phone),
        text=request.text,
        added=tuple(filter(None, (_said(each, "text") for each in story.get("request.added", [])))),
        nature=str(NATURES.get(request.nature, "")),
        urgency=str(URGENCIES.get(request.urgency, "")),
        received_by=names.get(request.first_asked_id, "") if request.first_asked_id else "",
        department=request.department.name if request.department else "",
        handler=names.get(request.handler_id, "") if request.handler_id else "",
        dispatched=_at(_last(story, "request.dispatched")),
        appointed=_slot(request),
        judged=_judged(story),
        resolved=_at(resolved),
        result=_said(resolved, "result"),
        told=_said(told, "reply"),
        told_at=_at(told),
        price=f"¥{request.quote_fen / 100:,.2f}" if request.quote_fen else "",
        price_accepted=request.quote_accepted_at is not None,
        outcome=str(OUTCOMES.get(request.outcome, "")),
        confirmed=_said(_last(story, "request.owner_confirmed"), "told"),
        digest=max((each for found in story.values() for each in found), key=lambda each: each.seq).digest
        if story
        else "",
        link=_link(request),
    )


def _late(request: Request, entry: Entry) -> bool:
    time = office_rules(request.community.office, on=entry.at).time
    return is_late_entry(at=entry.at, recorded_at=entry.recorded_at, time=time)


def _judged(story: Story) -> str:
    facts = {name: value for entry in story.get("request.judged", []) for name, value in entry.facts.items()}
    if facts.get("major"):
        return "重大"
    if facts.get("scope") == "outside":
        return "转介外部单位"
    return {True: "有效", False: "无效"}.get(facts.get("valid"), "")  # type: ignore[arg-type]


def _slot(request: Request) -> str:
    if request.appointed_from is None or request.appointed_until is None:
        return ""
    return f"{_moment(request.appointed_from)}–{request.appointed_until.astimezone(OFFICE_ZONE):%H:%M}"


def _link(request: Request) -> str:
    path = reverse("request", args=[request.number])
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.number


def visits_on_paper(visits: Sequence[ReturnVisit], *, phones: bool) -> list[VisitOnPaper]:
    """Return return visits as papers print them, in a fixed number of statements; ``phones`` as above."""
    cases = {each.number: each for each in cases_on_paper([visit.request for visit in visits], phones=phones)}
    entries = Entry.objects.filter(
        subject__in={visit.subject for visit in visits}, kind__startswith="return_visit."
    )
    stories: dict[str, Story] = {}
    for entry in entries.select_related("words_row").order_by("seq"):
        stories.setdefault(entry.facts.get("visit", ""), {}).setdefault(entry.kind, []).append(entry)
    with translation.override(CHINESE):
        return [_visit(each, cases[each.request.number], stories.get(each.number, {})) for each in visits]


def _visit(visit: ReturnVisit, case: CaseOnPaper, story: Story) -> VisitOnPaper:
    done, promised = _last(story, "return_visit.done"), _last(story, "return_visit.answer_promised")
    way = done.facts.get("way", "") if done else ""
    result = RESULTS.get(visit.result)
    return VisitOnPaper(
        number=visit.number,
        kind=str(CLASSES[visit.kind]),
        way=str(WAYS.get(way, "")),
        done=_moment(visit.done_at),
        done_by=visit.done_by.name if visit.done_by else "",
        independent="（本次：非独立）" if visit.independent is False else "",
        result=str(result.word) if result else "",
        attitude=str(ATTITUDES.get(visit.attitude, "")),
        timely=str(TIMELINESS.get(visit.timely, "")),
        told=_said(done, "told"),
        question=_said(promised, "question"),
        promised=_moment(parse_moment(promised.facts["promised_at"])) if promised else "",
        answered=_said(_last(story, "return_visit.answered"), "reply"),
        tried=tuple(_at(each) for each in story.get("return_visit.tried", [])),
        case=case,
    )


def _last(story: Story, kind: str) -> Entry | None:
    return story[kind][-1] if kind in story else None


def _at(entry: Entry | None) -> str:
    return _moment(entry.at) if entry else ""


def _said(entry: Entry | None, name: str) -> str:
    return str(words_of(entry).get(name, "")) if entry else ""


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M") if moment else ""


def promises_of(request: Request, *, now: datetime) -> list[str]:
    """Return what was promised to the owner and is still to come: the visit, the repair, the answer."""
    found = []
    if request.appointed_until and request.appointed_until > now:
        found.append(f"{_slot(request)} 上门")
    kinds = {"request.judged": "前办好", "return_visit.answer_promised": "前答复"}
    promised: dict[str, datetime] = {}
    for entry in Entry.objects.filter(subject=request.subject, kind__in=kinds).order_by("seq"):
        if at := entry.facts.get("promised_at"):
            promised[entry.kind] = parse_moment(at)
    return found + [f"{_moment(at)} {kinds[kind]}" for kind, at in promised.items() if at > now]
