"""What is asked for by a filter, a search, a form or an error tells nothing of what one may not see (B4)."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, quote_plus, urlencode
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from hemu.duties.models import Duty
from hemu.estate.models import Home, Person, Staff
from hemu.infra import clock
from hemu.service_requests.models import Named, Request
from tests.security.answers import Answer, ask
from tests.security.city import NO_ID, NOW, City, owner_in, signed_in
from tests.security.figures import Tried

PROBES = "probes: filters, searches, forms"
SECRET = "隐患甲乙"
"""Words of a case at the other office; nobody else says them."""


def probes(city: City) -> list[tuple[str, str, str, str, str]]:
    """Return (method, address, field, what is theirs, what is nobody's)."""
    side, things = city.theirs, city.theirs.things
    other = Staff.objects.get(id=city.house.by("elsewhere").staff_id)
    office, community = str(side.office.id), str(side.community.id)
    nobody_number = f"{things['request'].rpartition('-')[0]}-09999"
    rows: list[tuple[str, str, str, str, str]] = []
    for value, nothing in (
        (SECRET, "无中生有"), (side.phone, "19900008765"), (side.owner.name, "查无此人"),
        (things["request"], nobody_number), ("TTY", "ZZZ"),
    ):  # fmt: skip
        rows += [("get", "/requests/", "q", value, nothing), ("post", "/requests/export/", "q", value, nothing),
                 ("post", "/requests/callers/", "home_words", value, nothing),
                 ("post", "/requests/similar/", "text", value, nothing),
                 ("get", "/staff/", "q", value, nothing)]  # fmt: skip
    for address in ("/requests/", "/requests/export/", "/duties/", "/return-visits/", "/reports/return-visits/",
                    "/papers/", "/pads/enter/"):  # fmt: skip
        rows.append(("get", address, "community", community, NO_ID))
    for address in ("/requests/", "/requests/export/", "/dispatching/", "/dispatching/rules/", "/dispatching/rota/",
                    "/dispatching/hand-over/", "/wall/", "/wall/morning/", "/wall/review/", "/staff/", "/setup/",
                    "/setup/place/", "/setup/hours/", "/papers/letter/", "/papers/layouts/",
                    "/papers/layouts/sample.pdf", "/papers/chains/notice/"):  # fmt: skip
        rows.append(("get", address, "office", office, NO_ID))
    for address in ("/papers/letter/", "/papers/layouts/", "/papers/chains/notice/"):
        rows.append(("post", address, "office", office, NO_ID))
    for address in ("/requests/", "/requests/export/"):
        rows += [
            ("get", address, "person", str(other.id), NO_ID),
            ("get", address, "building", "七七栋", "八八栋"),
        ]
    rows += [
        ("get", "/requests/", "after", things["request"], nobody_number),
        ("get", "/return-visits/", "after", things["return_visit"], "RV-2026-09999"),
        ("get", "/requests/register/", "from", things["request"], nobody_number),
        ("get", "/staff/", "q", other.name, "查无此人"),
        ("post", "/requests/people/", "home", str(side.home.id), NO_ID),
        ("post", "/requests/similar/", "home", str(side.home.id), NO_ID),
        ("post", "/requests/similar/", "community", community, NO_ID),
        ("post", "/requests/callers/", "community", community, NO_ID),
        ("post", "/requests/pasted/", "community", community, NO_ID),
        ("post", "/requests/register/", "community", community, NO_ID),
        ("post", "/requests/register/", "home", str(side.home.id), NO_ID),
        ("post", "/requests/register/", "person", str(side.owner.id), NO_ID),
        ("post", "/requests/register/", "same_as", things["request"], nobody_number),
        ("post", "/requests/register/", "files", things["draft"], NO_ID),
        ("post", "/dispatching/send/", "number", things["request"], nobody_number),
        ("post", "/dispatching/send/", "office", office, NO_ID),
        ("post", "/dispatching/rules/change/", "office", office, NO_ID),
        ("post", "/dispatching/rota/publish/", "office", office, NO_ID),
        ("post", "/dispatching/danger/", "community", community, NO_ID),
        *(("post", each, "community", community, NO_ID) for each in ("/pads/", "/pads/enter/", "/rosters/")),
        ("post", "/requests/views/", "shared_with", office, NO_ID),
        ("post", "/staff/add/", "office", office, NO_ID),
        ("post", "/staff/slips/", "staff", str(other.id), NO_ID),
        ("post", "/wall/review/found/", "number", things["request"], nobody_number),
        ("get", "/papers/days/", "community", community, NO_ID),
        ("get", "/papers/F-04/blank/", "community", community, NO_ID),
    ]
    return rows


def of_newer_rooms(city: City) -> list[tuple[str, str, str, str, str]]:
    """Return the same of notices, papers, the file, the committee, money, duties and quality; addresses by name."""
    side, things = city.theirs, city.theirs.things
    community, office, room = str(side.community.id), str(side.office.id), (side.home.written, "9-9-909")
    person = f"staff:{things['staff']}", f"staff:{NO_ID}"
    action = things["action"], f"{things['action'].rpartition('-')[0]}-09999"
    of_a_community = (
        "notice_new", "digest", "emergency", "work_new", "matter_new", "actions", "actions_list", "action_new",
        "archive_new", "committee", "committee_owed", "committee_papers", "committee_paper_new",
        "committee_inquiries", "committee_inquiry_new", "meetings", "meeting_plan", "statements", "audits",
        "publications", "figures", "clauses", "forms", "morning",
    )  # fmt: skip
    rows = [("get", name, "community", community, NO_ID) for name in of_a_community]
    rows += [("get", name, "office", office, NO_ID) for name in ("evidence", "rules", "rules_try")]
    rows += [("get", name, "after", things[thing], next_to(things[thing])) for name, thing in (
        ("notices", "notice"), ("works", "work"), ("matters", "found"), ("documents", "paper"),
        ("committee_papers", "letter"), ("committee_inquiries", "inquiry"))]  # fmt: skip
    seen = f"{NOW:%Y-%m-%d}."
    return [
        *rows,
        ("get", "actions_list", "after", *action),
        ("get", "actions_list", "person", things["staff"], NO_ID),
        ("get", "action_new", "about", f"request:{things['request']}", "request:TTY-2026-09999"),
        ("get", "archive", "q", "旧单据", "无中生有"),
        ("get", "archive", "scope", community, NO_ID),
        ("get", "archive", "room", *room),
        ("get", "archive", "after", seen + things["item"], seen + next_to(things["item"])),
        ("get", "calendar", "whose", community, NO_ID),
        ("get", "calendar", "whose", office, NO_ID),
        ("get", "duty_cell", "book", things["book"], "no-book"),
        ("get", "notice_new", "work", things["work"], NO_ID),
        ("get", "notice_new", "replaces", things["notice"], NO_ID),
        ("get", "document_new", "replaces", things["paper"], NO_ID),
        ("get", "form_records F-25", "record", f"{side.community.code} {room[0]}", f"ZZZ {room[1]}"),
        ("get", "form_records F-32", "record", side.community.code, "ZZZ"),
        ("get", "form_records F-37", "record", *action),
        ("post", "notice_new", "work", things["work"], NO_ID),
        ("post", "notice_new", "replaces", things["notice"], NO_ID),
        ("post", "notice_new", "audience", *room),
        ("post", "emergency", "consented_by", *person),
        ("post", "document_new", "replaces", things["paper"], NO_ID),
        ("post", "action_new", "to", *person),
        ("post", "matter_new", "room", *room),
        ("post", "archive_new", "room", *room),
        ("post", "committee_seat", "room", *room),
        ("post", "committee_liaison", "staff", things["staff"], NO_ID),
        ("post", "committee_inquiry_new", "member", things["member"], NO_ID),
        ("post", "meeting_topic", "meeting", things["meeting"], NO_ID),
        ("post", "clauses_switch", "pilot", community, NO_ID),
        ("post", "book_publish", "community", community, NO_ID),
    ]  # fmt: skip


def next_to(thing: str) -> str:
    """Return the id right after one, which nothing has: a list goes on after both in the same place."""
    return str(UUID(int=UUID(thing).int + 1))


BESIDE = {"text": "写明。", "type": "complaint", "home_words": "1-2-301", "count": "3", "name": "示例名", "state": "open",
          "form": "F-04", "from": "2026-09-30", "to": "2026-09-30", "columns": "number"}  # fmt: skip
OF_NEWER = {"title": "示例", "body": "写明。", "words": "写明。", "kind": "outage", "since": "2026-10-01", "key": "k" * 32,
            "until": "2026-10-02", "do_by": "2026-10-09", "sort": "question", "way": "phone", "matter": "measures",
            "act": "copy", "dated": "2026-09-30", "file_class": "forms", "post": "member"}  # fmt: skip


@pytest.mark.walk
@pytest.mark.parametrize("login", ["office_director", "steward"])
def test_other_peoples_things_match_nothing(city: City, tried: Tried, login: str) -> None:
    Request.objects.filter(number=city.theirs.things["request"]).update(text=SECRET)
    Home.objects.filter(id=city.theirs.home.id).update(building="七七栋")
    rows = probes(city)
    assert not list(told_apart(login, rows, BESIDE))
    tried(PROBES, 2 * len(rows))


@pytest.mark.walk
def test_nor_do_they_in_the_newer_rooms(city: City, tried: Tried) -> None:
    rows = [(method, address_of(name), *asked) for method, name, *asked in of_newer_rooms(city)]
    assert not list(told_apart("office_director", rows, BESIDE | OF_NEWER))
    tried(PROBES, 2 * len(rows))


def told_apart(login: str, rows: list[Any], beside: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    """Yield the probes whose answers for what is theirs and for what is nobody's differ, or fail."""
    client = signed_in(login)
    for method, address, field, theirs, nothing in rows:
        kept = {
            name: value
            for name, value in beside.items()
            if method == "post" or name in ("form", "from", "to")
        }
        there = without(ask(client, method, address, {**kept, field: theirs}), theirs)
        nowhere = without(ask(client, method, address, {**kept, field: nothing}), nothing)
        if there != nowhere or there[0] >= 500:
            yield method, address, field, theirs, there[0], nowhere[0], difference(there[2], nowhere[2])


def address_of(name: str) -> str:
    route, _space, about = name.partition(" ")
    return reverse(route, args=[about] if about else [])


def without(answer: Answer, asked: str) -> tuple[int, Any, str]:
    headers = [(name, value) for name, value in answer.headers if name not in ("Location", "Set-Cookie")]
    once, form = quote(asked, safe=""), quote_plus(asked)
    body = answer.body
    for spelt in (quote(once, safe=""), quote(form, safe=""), once, form, asked):
        body = body.replace(spelt, "")
    return answer.status, headers, body


def difference(one: str, other: str) -> str:
    at = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return f"…{one[max(0, at - 60) : at + 80]} ≠ {other[at : at + 80]}"


def test_a_complaint_that_names_one_is_in_no_list_count_or_search_of_ones_own(
    city: City, tried: Tried
) -> None:
    case = Request.objects.get(number=city.mine.things["request"])
    Request.objects.filter(pk=case.pk).update(text=SECRET)
    client, other = signed_in("frontdesk"), signed_in("steward")
    pages: tuple[str, ...] = (
        "/",
        "/requests/",
        "/requests/?q=" + SECRET,
        "/duties/",
        "/duties/late/",
        "/dispatching/",
        "/dispatching/?list=in_hand",
        "/messages/",
    )
    owed = Duty.objects.filter(subject=case.subject).values_list("clause", flat=True).distinct()
    community = {"community": str(case.community_id)}
    clauses = [f"{reverse('clause', args=[each])}?{urlencode(community)}" for each in owed]
    pages += (
        *clauses,
        *(
            reverse(each)
            for each in ("archive", "actions", "actions_list", "calendar", "calls", "documents", "duty_wall")
        ),
    )
    before = {page: ask(client, "get", page).body for page in pages}
    assert case.number[-5:] in ask_raw(client, "/requests/")
    Named.objects.create(request=case, staff_id=city.house.by("frontdesk").staff_id)
    for page in pages:
        assert SECRET not in ask_raw(client, page).replace(f'value="{SECRET}"', "").replace(
            "q=" + SECRET, ""
        ), page
        assert case.number not in ask_raw(client, page), page
    assert SECRET in ask_raw(other, "/requests/")
    assert clauses
    for clause in clauses:
        assert case.number in ask_raw(other, clause), clause
    assert before.keys()
    tried(PROBES, 2 * len(pages))


def ask_raw(client: Client, page: str) -> str:
    with clock.standing_at(NOW):
        return str(client.get(page).content.decode())


def test_an_owner_learns_nothing_of_others_by_asking(city: City, tried: Tried) -> None:
    client, things = owner_in(city.mine.phone), city.theirs.things
    nobody = f"{things['request'].rpartition('-')[0]}-09999"
    neighbour = Person.objects.create(id="00000000-0000-7000-8000-0000000000aa", name="示例邻居")
    rows = [
        ("get", "/my/", "after", things["request"], nobody),
        ("get", "/my/", "after", things["unmatched"], nobody),
        ("post", "/my/write/", "where", str(city.theirs.home.id), NO_ID),
        ("post", "/my/write/", "community", str(city.theirs.community.id), NO_ID),
        ("post", "/my/write/", "files", things["draft"], NO_ID),
        ("post", "/my/write/", "files", things["file"], NO_ID),
        ("post", "/my/write/", "person", str(neighbour.id), NO_ID),
    ]
    wrong = []
    for method, address, field, theirs, nothing in rows:
        beside = {"text": "写明。", "where": "public", "place": "东门"} if method == "post" else {}
        there = without(ask(client, method, address, {**beside, field: theirs}), theirs)
        nowhere = without(ask(client, method, address, {**beside, field: nothing}), nothing)
        if there != nowhere or there[0] >= 500:
            wrong.append((address, field, there[0], nowhere[0], difference(there[2], nowhere[2])))
    assert not wrong, "\n".join(map(str, wrong))
    tried(PROBES, 2 * len(rows))
