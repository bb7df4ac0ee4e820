"""What is asked for by a filter, a search, a form or an error tells nothing of what one may not see (B4)."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

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


BESIDE = {"text": "写明。", "type": "complaint", "home_words": "1-2-301", "count": "3", "name": "示例名", "state": "open",
          "form": "F-04", "from": "2026-09-30", "to": "2026-09-30", "columns": "number"}  # fmt: skip


@pytest.mark.walk
@pytest.mark.parametrize("login", ["office_director", "steward"])
def test_other_peoples_things_match_nothing(city: City, tried: Tried, login: str) -> None:
    Request.objects.filter(number=city.theirs.things["request"]).update(text=SECRET)
    Home.objects.filter(id=city.theirs.home.id).update(building="七七栋")
    client, rows = signed_in(login), probes(city)
    wrong: list[tuple[Any, ...]] = []
    for method, address, field, theirs, nothing in rows:
        beside = {
            name: value
            for name, value in BESIDE.items()
            if method == "post" or name in ("form", "from", "to")
        }
        there = without(ask(client, method, address, {**beside, field: theirs}), theirs)
        nowhere = without(ask(client, method, address, {**beside, field: nothing}), nothing)
        if there[:3] != nowhere[:3]:
            wrong.append(
                (method, address, field, theirs, there[0], nowhere[0], difference(there[2], nowhere[2]))
            )
        if there[0] >= 500:
            wrong.append((method, address, field, theirs, there[0]))
    assert not wrong, "\n".join(map(str, wrong))
    tried(PROBES, 2 * len(rows))


def without(answer: Answer, asked: str) -> tuple[int, Any, str]:
    headers = [(name, value) for name, value in answer.headers if name not in ("Location", "Set-Cookie")]
    once = quote(asked, safe="")
    body = answer.body.replace(quote(once, safe=""), "").replace(once, "")
    return answer.status, headers, body.replace(asked, "")


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
    pages = (
        "/",
        "/requests/",
        "/requests/?q=" + SECRET,
        "/duties/",
        "/duties/late/",
        "/dispatching/",
        "/dispatching/?list=in_hand",
        "/messages/",
    )
    before = {page: ask(client, "get", page).body for page in pages}
    assert case.number[-5:] in ask_raw(client, "/requests/")
    Named.objects.create(request=case, staff_id=city.house.by("frontdesk").staff_id)
    for page in pages:
        assert SECRET not in ask_raw(client, page).replace(f'value="{SECRET}"', "").replace(
            "q=" + SECRET, ""
        ), page
    assert SECRET in ask_raw(other, "/requests/")
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
