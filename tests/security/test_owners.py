"""Links and the owners' own door: another home's case, another community's, one of before, one that is not there (B3)."""

from collections.abc import Callable
from datetime import date
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from hemu.access.tests.house import at
from hemu.access.tests.test_routes import ROUTES
from hemu.committee.models import Helper, Member
from hemu.estate.models import Person, Phone, Tie
from hemu.infra.identity import new_id
from hemu.service_requests.models import Request
from hemu.service_requests.operations import make_owner_link, revoke_owner_links
from tests.security.addresses import NO_NUMBER, OWNERS
from tests.security.answers import ask, kept_out
from tests.security.city import CALLED, NO_ID, NOW, City, owner_in
from tests.security.figures import Tried

CELLS = "cells: owners and links × addresses × relation"
STEPS = ("add", "urge", "confirm", "reopen", "rate", "withdraw", "appoint", "accept_quote")
MEETINGS = ("my_meeting", "my_committee_meeting", "my_committee_meeting_calendar")
NOT_A_TOKEN = "A" * 32


def test_every_address_of_owners_is_in_the_matrix() -> None:
    spoken = {"owner", "owner_upload", "owner_file", "owner_thumb", "photo_link", "photo_upload", "photo_file",
              "photo_thumb", "my_case", "my_case_upload", "my_case_file", "my_case_thumb", "my_draft",
              "my_draft_thumb", "my_me_too", "my_case_proof", "owner_proof", "my_notice", *MEETINGS,
              "my_committee_owed", "my_committee_owed_paper", "my_committee_file", "my_committee_thumb",
              "my_committee_paper", "my_committee_paper_pdf", "my_committee_inquiry",
              "my_committee_inquiry_sheet",
              "my_statement", "my_statement_paper", "my_statement_quarter", "my_publication",
              "my_publication_file", "my_audit", "my_audit_file", "my_audit_ledger", "my_audit_package", "my_published",
              "notices_told"}  # fmt: skip
    assert spoken == OWNERS


def tenant(city: City) -> Client:
    return _somebody(city, "19900007001", kind="tenant")


def former_owner(city: City) -> Client:
    return _somebody(city, "19900007002", until=date(2026, 9, 29))


def owner_to_come(city: City) -> Client:
    return _somebody(city, "19900007003", since=date(2026, 10, 1))


def neighbour(city: City) -> Client:
    return _somebody(city, "19900007005", home="1-2-302")


def of_the_other_community(city: City) -> Client:
    return owner_in(city.theirs.phone)


def stranger(city: City) -> Client:
    return owner_in("19900007009")


def _somebody(city: City, phone: str, *, kind: str = "owner", home: str = "", **days: date) -> Client:
    person = Person.objects.create(id=new_id(CALLED), name="示例某人")
    Phone.objects.create(id=new_id(CALLED), person=person, number=phone)
    where = city.mine.community.homes.get(written=home) if home else city.mine.home
    values = {"since": date(2021, 1, 1), **days}
    Tie.objects.create(id=new_id(CALLED), person=person, home=where, kind=kind, **values)
    return owner_in(phone)


OTHERS: list[Callable[[City], Client]] = [
    tenant, former_owner, owner_to_come, neighbour, of_the_other_community, stranger,
]  # fmt: skip


@pytest.mark.parametrize("who", OTHERS)
def test_somebody_elses_case_is_not_there(city: City, tried: Tried, who: Callable[[City], Client]) -> None:
    client, wrong, cells = who(city), [], 0
    number = city.mine.things["request"]
    pairs = [
        *_pairs(city, "my_case", "get"),
        *_pairs(city, "my_case_proof", "get"),
        *(pair for step in STEPS for pair in _pairs(city, "my_case", "post", step=step, reason="写明。")),
        *_pairs(city, "my_case_upload", "post"),
    ]
    for name in ("my_case_file", "my_case_thumb"):
        theirs = reverse(name, args=[city.mine.things["with_file"], city.mine.things["file"]])
        nowhere = reverse(name, args=[_no(number), NO_ID])
        pairs.append(("get", theirs, nowhere, {}))
    notice = reverse("my_notice", args=[city.mine.things["notice"]])
    pairs.append(("get", notice, reverse("my_notice", args=[NO_ID]), {}))
    for name in MEETINGS:
        pairs.append(
            ("get", reverse(name, args=[city.mine.things["meeting"]]), reverse(name, args=[NO_ID]), {})
        )
    for name in ("my_draft", "my_draft_thumb"):
        for thing in ("file", "draft", "face"):
            pairs.append(
                ("get", reverse(name, args=[city.mine.things[thing]]), reverse(name, args=[NO_ID]), {})
            )
    for method, url, no_url, body in pairs:
        theirs_answer, nowhere_answer = ask(client, method, url, body), ask(client, method, no_url, body)
        cells += 2
        if theirs_answer != nowhere_answer or theirs_answer.status != 404 or theirs_answer.wrote:
            wrong.append(
                (method, url, theirs_answer.status, theirs_answer.statements, nowhere_answer.statements)
            )
    assert not wrong, "\n".join(map(str, wrong))
    tried(CELLS, cells)


def _pairs(city: City, name: str, method: str, **body: str) -> list[tuple[str, str, str, dict[str, str]]]:
    number = city.mine.things["request"]
    return [(method, reverse(name, args=[number]), reverse(name, args=[_no(number)]), body)]


def _no(number: str) -> str:
    return f"{number.rpartition('-')[0]}-{NO_NUMBER:05}"


def test_ones_own_case_is_there(city: City, tried: Tried) -> None:
    """The control."""
    client, things = owner_in(city.mine.phone), city.mine.things
    assert ask(client, "get", reverse("my_case", args=[things["request"]])).status == 200
    for name in ("my_case_file", "my_case_thumb"):
        assert ask(client, "get", reverse(name, args=[things["with_file"], things["file"]])).status == 200
    for step in ("add", "urge"):
        body = {"step": step, "reason": "写明。"}
        assert ask(client, "post", reverse("my_case", args=[things["request"]]), body).wrote
    tried(CELLS, 5)


def test_a_file_of_one_case_is_no_file_of_another(city: City) -> None:
    client, things = owner_in(city.mine.phone), city.mine.things
    for name in ("my_case_file", "my_case_thumb"):
        for thing in ("draft", "face"):
            assert ask(client, "get", reverse(name, args=[things["request"], things[thing]])).status == 404
        assert ask(client, "get", reverse(name, args=[things["request"], things["file"]])).status == 404
        assert (
            ask(client, "get", reverse(name, args=[things["request"], city.theirs.things["file"]])).status
            == 404
        )


@pytest.mark.parametrize("who", [of_the_other_community, stranger])
def test_a_matter_of_another_community_is_not_there(
    city: City, tried: Tried, who: Callable[[City], Client]
) -> None:
    client, number = who(city), city.mine.things["matter"]
    theirs = ask(client, "post", reverse("my_me_too", args=[number]))
    nowhere = ask(client, "post", reverse("my_me_too", args=[_no(number)]))
    assert (theirs, theirs.status, theirs.wrote) == (nowhere, 404, ())
    assert number not in ask(client, "get", reverse("my_around")).body
    tried(CELLS, 3)


def test_nobody_logged_in_gets_to_the_door(city: City, tried: Tried) -> None:
    client, cells = Client(), 0
    for name in sorted(each for each in OWNERS if each.startswith("my_")):
        things = {**city.mine.things, "number": city.mine.things["request"]}
        things["document"], things["quarter"] = city.mine.things["notice"], "2026-Q3"
        url = reverse(name, kwargs={each: things[each] for each in ROUTES[name].pattern.converters})
        for method in ("get", "post"):
            answer = ask(client, method, url)
            assert answer.status in (302, 405), (name, answer.status)
            assert not answer.wrote
            cells += 1
    tried(CELLS, cells)


def test_a_member_of_one_committee_is_nobody_in_another(city: City, tried: Tried) -> None:
    """Who sits in one community asks for another's pages as for those of a community that is not there."""
    chair, cells = owner_in(city.theirs.phone), 0
    for name in ("my_committee_owed", "my_committee_owed_paper"):
        for method in ("get", "post"):
            there = ask(chair, method, reverse(name, kwargs={"community": city.mine.things["community"]}))
            nowhere = ask(chair, method, reverse(name, kwargs={"community": NO_ID}))
            assert there == nowhere
            assert there.status in (404, 405)
            assert not there.wrote
            cells += 1
        own = chair.get(reverse(name, kwargs={"community": city.theirs.things["community"]}))
        assert own.status_code == 200
    tried(CELLS, cells)


COMMITTEES = sorted(
    name
    for name in OWNERS
    if name.startswith(("my_committee_", "my_statement", "my_publication", "my_audit", "my_published"))
)
"""What a committee alone sees; what is published is for the owners of the community too, and nothing is yet."""
NAMED_SO = {"document": "letter", "file": "inquiry_file"}
FILES = {"my_audit_file": "voucher_file", "my_publication_file": "publication_file"}


def _leaves_the_committee(city: City) -> Client:
    Member.objects.filter(id=city.mine.things["member"]).update(left_on=NOW.date(), left_why="resigned")
    return owner_in(city.mine.phone)


def _helps_no_more(city: City) -> Client:
    Helper.objects.filter(id=city.mine.things["helper"]).update(since=date(2026, 9, 1), until=NOW.date())
    return owner_in("19900007777")


def test_what_a_committee_sees_is_there_for_nobody_else(city: City, tried: Tried) -> None:
    """Who sits elsewhere, never sat or sits no more asks for pages, files and acts as for those of nobody."""
    things, wrong = {**city.mine.things, "quarter": "2026-Q3"}, []
    everybody = (of_the_other_community, neighbour, _leaves_the_committee, _helps_no_more)
    for who, name in product(everybody, COMMITTEES):
        fields = ROUTES[name].pattern.converters
        there = {each: things[NAMED_SO.get(each, each)] for each in fields}
        there |= {"file": things[FILES[name]]} if name in FILES else {}
        nowhere = there | {each: NO_ID for each in fields if each != "quarter"}
        with kept_out():
            client = who(city)
            for method in ("get", "post"):
                theirs = ask(client, method, reverse(name, kwargs=there), ACT)
                none = ask(client, method, reverse(name, kwargs=nowhere), ACT)
                if theirs != none or theirs.status not in (404, 405) or theirs.wrote:
                    wrong.append((who.__name__, name, method, theirs.status, none.status, theirs.wrote))
    assert wrong == []
    tried(CELLS, 4 * len(everybody) * len(COMMITTEES))


ACT = {"step": "receive", "answer": "accept", "words": "看过了。", "agree": "1", "key": "k"}


def test_what_ones_own_committee_sees_is_there(city: City, tried: Tried) -> None:
    """The control."""
    chair, things = owner_in(city.mine.phone), city.mine.things
    for name in ("my_committee_meeting", "my_publication", "my_committee_inquiry", "my_committee_owed"):
        field = next(iter(ROUTES[name].pattern.converters))
        assert ask(chair, "get", reverse(name, kwargs={field: things[field]})).status == 200, name
    file = {"publication": things["publication"], "file": things["publication_file"]}
    assert ask(chair, "get", reverse("my_publication_file", kwargs=file)).status == 200
    assert ask(chair, "get", reverse("my_committee_file", args=[things["inquiry_file"]])).status == 200
    tried(CELLS, 6)


# ── links ────────────────────────────────────────────────────────────────────


def _revoked(city: City) -> str:
    case = Request.objects.get(number=city.mine.things["request"])
    token = make_owner_link(request=case, now=CALLED)
    revoke_owner_links(request=case, act=city.house.by("frontdesk").act(now=NOW))
    return token


def _ended(city: City) -> str:
    case = Request.objects.get(number=city.mine.things["request"])
    return make_owner_link(request=case, now=at("2026-01-05 09:00"))


def _of_another_kind(city: City) -> str:
    return city.mine.things["photo_link"]


@pytest.mark.parametrize("token_of", [_revoked, _ended, _of_another_kind])
def test_a_link_that_opens_nothing_answers_like_none(
    city: City, tried: Tried, token_of: Callable[[City], str]
) -> None:
    token, wrong, cells = token_of(city), [], 0
    for name in ("owner", "owner_proof", "owner_upload", "owner_file", "owner_thumb"):
        more = [city.mine.things["file"]] if name in ("owner_file", "owner_thumb") else []
        url, no_url = reverse(name, args=[token, *more]), reverse(name, args=[NOT_A_TOKEN, *more])
        for method in ("get", "post"):
            body = {"step": "withdraw", "reason": "写明。"}
            dead, none = ask(Client(), method, url, body), ask(Client(), method, no_url, body)
            cells += 2
            if dead != none or dead.status not in (404, 405) or dead.wrote:
                wrong.append((name, method, dead.status, dead.statements, none.statements))
    assert not wrong, "\n".join(map(str, wrong))
    tried(CELLS, cells)


def test_a_link_opens_its_own_case_and_nothing_else(city: City, tried: Tried) -> None:
    mine, theirs = city.mine.things, city.theirs.things
    assert ask(Client(), "get", reverse("owner", args=[mine["owner_link"]])).status == 200
    cells = 1
    for name, token in (("owner_file", mine["owner_link"]), ("photo_file", mine["photo_link"])):
        for thing in (mine["file"], mine["draft"], mine["face"], theirs["file"], NO_ID):
            assert ask(Client(), "get", reverse(name, args=[token, thing])).status == 404, (name, thing)
            cells += 1
    for name in ("photo_link", "photo_upload"):
        dead = ask(Client(), "post", reverse(name, args=[mine["owner_link"]]))
        none = ask(Client(), "post", reverse(name, args=[NOT_A_TOKEN]))
        assert (dead, dead.status in (404, 422), dead.wrote) == (none, True, ())
        cells += 2
    tried(CELLS, cells)
