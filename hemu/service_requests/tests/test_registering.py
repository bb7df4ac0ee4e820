"""Registering: numbers without gaps, one case for one key, what is refused, what it costs."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from hemu.access.actors import actor_by_login
from hemu.access.tests.house import House, at, found_house
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.models import IdempotentAnswer, NumberSeries
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.service_requests.models import Request
from hemu.service_requests.operations import (
    Caller,
    make_owner_link,
    owner_request,
    register_request,
    take_step,
)
from hemu.service_requests.queries import listed, request_by_number, request_for
from hemu.service_requests.tests.desk import Desk, entries, kinds, written
from hemu.service_requests.wording import place_words

NOW = at("2026-09-30 16:00")


def test_the_entry_of_a_word(desk: Desk, house: House) -> None:
    request = desk.register("complaint", "2026-09-30 15:58", entered="2026-09-30 16:00", channel="walk_in")
    entry = entries(request)[0]
    assert (request.number, request.state, request.version) == ("HFHY-2026-00001", "received", 1)
    assert entry.plain() | {"id": "", "closed": ""} == {
        "v": 1, "id": "", "book": house.community.book_id, "kind": "request.registered",
        "subject": "request:HFHY-2026-00001", "actor": house.by("frontdesk").key,
        "at": "2026-09-30T07:58:00.000000Z", "recorded_at": "2026-09-30T08:00:00.000000Z", "proof": "word",
        "clause": "RQ-01",
        "facts": {"number": "HFHY-2026-00001", "type": "complaint", "channel": "walk_in", "home": str(house.home.id),
                  "person": str(house.owner.id), "anonymous": False},
        "closed": "",
    }  # fmt: skip
    assert entry.words_row.words == {
        "text": "楼道的灯不亮。", "name": "示例业主", "phone": "19900001234", "room": "1-2-301", "late_reason": "停电",
    }  # fmt: skip


def test_an_anonymous_word_names_nobody(desk: Desk, house: House) -> None:
    request = desk.register(caller=Caller(house.owner.id, "示例业主", "19900001234", anonymous=True))
    stored, entry = Request.objects.get(pk=request.pk), entries(request)[0]
    assert (stored.person, stored.caller_name, stored.caller_phone, stored.anonymous) == (None, "", "", True)
    assert entry.facts["anonymous"] is True
    assert "person" not in entry.facts
    assert entry.words_row.words.keys() == {"text", "room"}


def test_numbers_count_by_community_and_year_of_entry(desk: Desk, house: House) -> None:
    elsewhere: dict[str, Any] = {"community": house.elsewhere, "home": house.other_home}
    numbers = [
        desk.register(when="2026-12-31 23:30").number,
        desk.register(when="2026-12-31 23:30", **elsewhere).number,
        desk.register(when="2026-12-31 23:59:59.999999").number,
        desk.register(when="2026-12-31 23:50", entered="2027-01-01 00:00").number,
        desk.register(when="2026-12-31 23:59", entered="2026-12-31 23:59").number,
    ]
    assert numbers == [
        "HFHY-2026-00001",
        "TTY-2026-00001",
        "HFHY-2026-00002",
        "HFHY-2027-00001",
        "HFHY-2026-00003",
    ]


@pytest.mark.parametrize("after", ["before the entry", "after the entry"])
def test_a_registration_that_fails_leaves_no_gap(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    from hemu.ledger import catalogue
    from hemu.ledger.entries import Reaction

    def fail(entry: Entry) -> None:
        raise RuleViolation("test.reaction_failed")

    desk.register()
    before = written()
    when, entered = "2026-09-30 16:00", "2026-09-30 16:00"
    if after == "after the entry":
        first = catalogue.reactions_to("request.registered")
        monkeypatch.setattr(catalogue, "_reactions", [*first, Reaction("request.registered", fail)])
    else:
        when = "2099-01-01 00:00"
    with pytest.raises(RuleViolation), transaction.atomic():
        desk.register(when=when, entered=entered)
    monkeypatch.undo()
    assert written() == before
    assert desk.register().number == "HFHY-2026-00002"


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, "request.no_words"),
    ({"text": " \n\t　"}, "request.no_words"),
    ({"text": "长" * 10_001}, "request.too_long"),
    ({"text": "长" * 1_000_000}, "request.too_long"),
    ({"text": "a\x00b"}, "canonical.unsupported"),
    ({"text": "a\ud800"}, "canonical.unsupported"),
    ({"caller": Caller(name="\x00")}, "canonical.unsupported"),
    ({"place": "\udcff"}, "canonical.unsupported"),
    ({"type": "war"}, "request.unknown_value"),
    ({"channel": "pigeon"}, "request.unknown_value"),
    ({"when": "2026-09-30 16:03", "entered": "2026-09-30 16:00"}, "entry.in_future"),
    ({"when": "9999-12-31 23:59", "entered": "2026-09-30 16:00"}, "entry.in_future"),
    ({"when": "1999-12-31 23:59", "entered": "2026-09-30 16:00"}, "entry.too_long_ago"),
    (
        {"when": "2026-09-29 10:00", "entered": "2026-09-30 16:00", "late_reason": " "},
        "entry.late_needs_reason",
    ),
]


@pytest.mark.parametrize(("values", "code"), REFUSED)
def test_what_is_no_word(desk: Desk, values: dict[str, Any], code: str) -> None:
    before = written()
    with pytest.raises(RuleViolation) as refusal, transaction.atomic():
        desk.register(**values)
    assert (refusal.value.code, written()) == (code, before)


def test_a_home_of_another_community(desk: Desk, house: House) -> None:
    with pytest.raises(RuleViolation) as refusal:
        desk.register(home=house.other_home)
    assert refusal.value.code == "request.other_community"


def test_ten_thousand_signs_are_kept_whole(desk: Desk) -> None:
    text = "𠮷" * 10_000
    assert Request.objects.get(pk=desk.register(text=text).pk).text == text


# ── one key, one case ────────────────────────────────────────────────────────


def keyed(house: House, key: str = "k1", account: str = "a", text: str = "灯不亮") -> dict[str, Any]:
    def act() -> dict[str, Any]:
        request = register_request(
            community=house.community,
            home=None,
            type="help",
            text=text,
            caller=Caller(),
            act=Act("outside:x", NOW, NOW),
        )
        return {"number": request.number}

    return once(account=account, key=key, body={"text": text}, now=NOW, act=act)


def test_the_same_key_twice_makes_one_case(house: House) -> None:
    assert keyed(house) == keyed(house) == {"number": "HFHY-2026-00001"}
    assert (Request.objects.count(), IdempotentAnswer.objects.count()) == (1, 1)
    with pytest.raises(RuleViolation) as refusal:
        keyed(house, text="别的话")
    assert refusal.value.code == "key.other_body"
    assert keyed(house, account="b") == {"number": "HFHY-2026-00002"}
    assert keyed(house, key="") == {"number": "HFHY-2026-00003"}
    assert keyed(house, key="") == {"number": "HFHY-2026-00004"}
    assert keyed(house, key="k" * 255) == {"number": "HFHY-2026-00005"}
    with pytest.raises(RuleViolation) as refusal:
        keyed(house, key="k" * 256)
    assert refusal.value.code == "key.too_long"


def test_a_refused_act_keeps_no_key(house: House) -> None:
    for _ in range(2):
        with pytest.raises(RuleViolation) as refusal, transaction.atomic():
            keyed(house, text=" ")
        assert refusal.value.code == "request.no_words"
    assert IdempotentAnswer.objects.count() == 0


def together(*acts: Callable[[], object]) -> list[object]:
    """Run acts in threads that start at once, each on a connection of its own; return answers and refusals."""
    found: list[object] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(place: int) -> None:
        start.wait()
        try:
            found[place] = acts[place]()
        except RuleViolation as refusal:
            found[place] = refusal
        except Exception as error:  # the test shows it
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.django_db(transaction=True)
def test_two_at_once() -> None:
    house = found_house()
    # the same key
    assert together(*[lambda: keyed(house)] * 4) == [{"number": "HFHY-2026-00001"}] * 4
    # different keys take numbers without a gap
    numbers = together(*[lambda key=key: keyed(house, key=key)["number"] for key in "wxyz"])
    assert sorted(map(str, numbers)) == [f"HFHY-2026-{number:05}" for number in (2, 3, 4, 5)]
    # the same step: one wins, the other is told the present version
    by = house.by("frontdesk")

    def classify() -> object:
        act = by.act(now=NOW)
        return take_step(number="HFHY-2026-00001", step="classify", act=act, by=by, version=1).version

    answers = together(classify, classify)
    stale = [answer for answer in answers if isinstance(answer, RuleViolation)]
    assert [answer for answer in answers if not isinstance(answer, RuleViolation)] == [2]
    assert [(each.code, each.params) for each in stale] == [
        ("request.stale", {"version": 2, "state": "classified"})
    ]
    assert kinds(Request.objects.get(number="HFHY-2026-00001")) == [
        "request.registered",
        "request.classified",
    ]

    # merging each into the other: one is merged, the other stays
    def merge(number: str, into: str) -> object:
        act = by.act(now=NOW)
        return take_step(
            number=number, step="merge", act=act, by=by, words="同一件", values={"into": into}
        ).state

    two, three = "HFHY-2026-00002", "HFHY-2026-00003"
    answers = together(lambda: merge(two, three), lambda: merge(three, two))
    assert sorted(answer.code if isinstance(answer, RuleViolation) else str(answer) for answer in answers) == [
        "closed", "request.not_open",
    ] or sorted(getattr(answer, "code", str(answer)) for answer in answers) == ["closed", "step.not_allowed"]  # fmt: skip
    assert Request.objects.filter(state="closed").count() == 1
    assert NumberSeries.objects.get().last == Request.objects.count() == 5


# ── the owner's link ─────────────────────────────────────────────────────────


def test_a_link_opens_one_case_until_it_ends_or_the_owner_moves_out(desk: Desk, house: House) -> None:
    request = desk.register()
    token = make_owner_link(request=request, now=NOW)
    assert owner_request(token=token, now=NOW) == request
    assert owner_request(token=token, now=NOW + timedelta(days=180) - timedelta(seconds=1)) == request
    refused = [("wrong", NOW), ("", NOW), ("\x00", NOW), ("\ud800", NOW), (token + " ", NOW), (token[:-1], NOW),
               (token, NOW + timedelta(days=180))]  # fmt: skip
    tie = house.owner.ties.get()
    tie.until = at("2026-10-01 00:00").date()
    tie.save()
    refused += [(token, at("2026-10-01 12:00")), (token, at("2026-10-02 00:00"))]
    answers = set()
    for each, when in refused:
        with pytest.raises(RuleViolation) as refusal:
            owner_request(token=each, now=when)
        answers.add((refusal.value.code, tuple(refusal.value.params)))
    assert answers == {("link.not_valid", ())}
    assert owner_request(token=token, now=at("2026-09-30 23:59")) == request


# ── the one gate and the list ────────────────────────────────────────────────


def test_somebody_elses_case_is_like_none(desk: Desk, house: House) -> None:
    number = desk.register().number
    assert request_for(house.by("frontdesk"), f" {number.lower()} ").number == number
    assert request_for(house.by("general_manager"), number).number == number
    for login, asked in [("elsewhere", number), ("finance", number), ("nobody", number), ("frontdesk", "HFHY-2026-9"),
                         ("frontdesk", "\x00"), ("frontdesk", "'; --"), ("frontdesk", "")]:  # fmt: skip
        with pytest.raises(RuleViolation) as refusal:
            request_for(house.by(login), asked)
        assert (refusal.value.code, refusal.value.params) == ("request.not_found", {"number": asked})


def test_pages_of_a_list(desk: Desk) -> None:
    numbers = [desk.register(when=f"2026-09-30 16:{minute:02}").number for minute in range(7)][::-1]
    rows, after, seen = Request.objects.select_related("community", "home"), "", []
    while True:
        found, after = listed(rows, limit=3, after=after)
        seen.append([request.number for request in found])
        if not after:
            break
    assert seen == [numbers[:3], numbers[3:6], numbers[6:]]
    assert listed(rows, limit=7)[1] == ""
    for limit in (0, -1, -500):
        with pytest.raises(RuleViolation) as refusal:
            listed(rows, limit=limit)
        assert refusal.value.code == "request.unknown_value"
    with pytest.raises(RuleViolation) as refusal:
        listed(rows, after="HFHY-2026-99999")
    assert refusal.value.code == "request.not_found"
    assert request_by_number(numbers[0]).number == numbers[0]


# ── what it costs ────────────────────────────────────────────────────────────

HISTORY: list[tuple[str, dict[str, str]]] = [
    ("frontdesk classify", {"type": "complaint", "trade": "repair"}),
    ("frontdesk resort", {"type": "repair_public", "urgency": "urgent"}),
    ("cs_supervisor dispatch", {"to": "technician"}),
    ("cs_supervisor transfer", {"to": "security"}),
    ("security send_back", {}),
    ("cs_supervisor dispatch", {"department": "工程部", "shift": "on_duty"}),
    ("technician accept", {}),
    ("technician pause", {"cause": "parts", "resume_on": "2026-10-08"}),
    ("technician resume", {}),
    ("steward judge", {"valid": "true", "major": "true"}),
    ("steward escalate", {"role": "office_director"}),
    ("steward reply", {}),
    ("steward correct", {"home": "1-2-302", "place": "东门"}),
    ("technician appoint", {"from": "2026-10-08 09:00", "until": "2026-10-08 10:00"}),
    ("technician set_out", {}),
    ("technician arrive", {}),
    ("technician nobody_home", {}),
    ("technician quote", {"amount": "80"}),
    ("frontdesk accept_quote", {}),
    ("frontdesk add", {}),
    ("frontdesk urge", {}),
    ("frontdesk second", {"home": "1-2-302"}),
    ("technician resolve", {}),
    ("steward inform", {"channel": "phone"}),
    ("steward try_contact", {}),
    ("steward send_back", {}),
    ("technician resolve", {}),
    ("steward inform", {}),
    ("steward confirm", {}),
    ("steward close", {}),
    ("steward reopen", {"because": "rework"}),
    ("steward resort", {"type": "inquiry"}),
    ("steward refer", {"to": "街道办"}),
    ("steward inform", {}),
    ("steward close", {}),
]
MOST_TO_REGISTER, MOST_TO_STEP = 20, 15


@pytest.mark.parametrize("cases", [1, 3])
def test_statements(desk: Desk, house: House, cases: int, django_assert_max_num_queries: Any) -> None:
    for number in range(cases - 1):
        community = house.second if number else house.community
        desk.register(community=community, home=None)
    with django_assert_max_num_queries(MOST_TO_REGISTER):
        by = actor_by_login("frontdesk", now=NOW)
        answer = once(account=by.key, key="k", body={}, now=NOW, act=lambda: {
            "number": register_request(
                community=house.community, home=house.home, type="complaint", text="灯不亮",
                caller=Caller(house.owner.id), act=by.act(now=NOW)).number})  # fmt: skip
    for place, (line, values) in enumerate(HISTORY):
        login, name = line.split()
        now = NOW + timedelta(minutes=place)
        with django_assert_max_num_queries(MOST_TO_STEP, info=line):
            _keyed_step(str(answer["number"]), login, name, values, now)


def _keyed_step(number: str, login: str, name: str, values: dict[str, str], now: datetime) -> None:
    by = actor_by_login(login, now=now)

    def act() -> dict[str, Any]:
        done = take_step(number=number, step=name, act=by.act(now=now), by=by, words="写明。", values=values)
        return {"version": done.version}

    once(account=by.key, key=f"{name}{now}", body={}, now=now, act=act)


def test_a_case_keeps_how_its_home_is_written(desk: Desk, house: House) -> None:
    case = desk.register(when="2026-09-30 16:00")
    assert (case.home_written, place_words(case)) == ("1-2-301", "1-2-301")
    case = desk.step(case, "frontdesk correct", "2026-09-30 16:05", home="1-2-302")
    assert (case.home_written, place_words(case)) == ("1-2-302", "1-2-302")
    public = desk.register("repair_public", "2026-09-30 16:10", home=None, place="大门")
    assert (public.home_written, place_words(public)) == ("", "大门")
