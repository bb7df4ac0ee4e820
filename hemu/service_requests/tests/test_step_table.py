"""Every step in every state by every role: taken as the table says, or refused with a code and nothing written."""

import random
from contextlib import nullcontext
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from hemu.access.actors import Actor
from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at
from hemu.foundation.errors import RuleViolation
from hemu.ledger.catalogue import kinds as declared
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.service_requests.models import Request
from hemu.service_requests.operations import take_step
from hemu.service_requests.rules import OWNER_STEPS, STEPS, State, fold
from hemu.service_requests.tests.desk import Desk, entries, written
from hemu.sop.register import load_register

STEP_NAMES = sorted({row.name for row in STEPS.rows})
ROLES = sorted(PERMISSIONS_OF)
NOW = at("2026-10-09 12:00")
BEFORE = at("2026-09-30 15:00")

# What a step needs so that the table alone decides.
VALUES = {
    "pause": {"cause": "parts", "resume_on": "2026-10-12"},
    "judge": {"valid": "true"},
    "correct": {"place": "东门"},
    "outside": {"body": "hotline"},
    "refer": {"to": "街道办"},
    "appoint": {"from": "2026-10-10 09:00", "until": "2026-10-10 10:00"},
    "quote": {"amount": "80.50"},
    "rate": {"score": "5"},
}


def stand_in(request: Request, state: str) -> None:
    """Put a case into a state without its history: only the table is asked here."""
    closed = state == State.CLOSED
    Request.objects.filter(pk=request.pk).update(
        state=state,
        outcome="told" if closed else "",
        closed_at=at("2026-10-08 12:00") if closed else None,
        own_matter=state in (State.CLASSIFIED, State.DISPATCHED, State.ACCEPTED, State.INFORMED),
        replied_at=at("2026-10-01 12:00"),
        confirmed_by_owner=state == State.CONFIRMED,
        quote_fen=8000,
    )


def attempt(request: Request, name: str, by: Actor | None, values: dict[str, str], when: datetime) -> str:
    """Take a step and undo it; return "" or the code of the refusal."""
    act = Act("staff:x", when, NOW, Proof.WORD) if by else Act("owner:x", when, NOW, Proof.OWN)
    try:
        with transaction.atomic():
            take_step(number=request.number, step=name, act=act, by=by, words="写明。", values=values)
            transaction.set_rollback(True)
    except RuleViolation as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize("state", list(State))
def test_the_table_decides(desk: Desk, house: House, state: str) -> None:
    request, other = desk.register("repair_public"), desk.register("repair_public")
    desk.step(request, "frontdesk classify", "2026-09-30 16:10")
    stand_in(request, state)
    before = written()
    found, expected = {}, {}
    by: Actor | None
    for name in STEP_NAMES:
        values = {"into": other.number} if name == "merge" else VALUES.get(name, {})
        rows = [row for row in STEPS.rows if row.name == name and state in row.from_states]
        for role in [*ROLES, "elsewhere", "nobody", "owner"]:
            if role == "owner":
                by, may = None, any(row.extras.get("owner") for row in rows)
            elif role in PERMISSIONS_OF:
                by, may = house.alone(role), any(role in row.roles for row in rows)
            else:
                by, may = house.by(role), False
            # One takes the step, the owner where no role may; the others, an hour before the case, pass the gate.
            first = may and role == min(rows[0].roles, default="owner")
            expected[name, role] = "step.not_allowed" if not rows else "step.not_yours" if not may else (
                "" if first else "entry.before_case"
            )  # fmt: skip
            found[name, role] = attempt(request, name, by, dict(values), NOW if first else BEFORE)
    assert found == expected
    assert written() == before
    assert Request.objects.get(pk=request.pk).state == state


def test_those_who_owe_a_step_may_take_it() -> None:
    barred = {
        row.name for row in STEPS.rows if not set(load_register().clause(row.clause).actors) <= row.roles
    }
    # What the desk registered by mistake the director voids; who offers a price does not also take it for the owner,
    # and a rating is the owner's alone.
    assert barred == {"void", "accept_quote", "decline_quote", "rate"}
    for row in STEPS.rows:
        assert row.roles <= PERMISSIONS_OF.keys()
        assert row.extras["kind"] in declared()


def test_every_step_needs_a_permission_to_step() -> None:
    for row in STEPS.rows:
        for role in row.roles:
            assert "request.step" in PERMISSIONS_OF[role], (row.name, role)


def test_what_the_owner_may_do_where_there_is_something_to_do() -> None:
    anytime = {"add", "urge", "second", "withdraw"}
    at_the_end = {"confirm", "send_back", "partly"}
    around_a_visit = {"appoint", "accept_quote", "decline_quote"}
    assert anytime | at_the_end | around_a_visit | {"rate", "reopen"} == OWNER_STEPS
    assert {
        (row.name, state) for row in STEPS.rows if row.extras.get("owner") for state in row.from_states
    } == {
        *((name, state) for name in at_the_end for state in ("resolved", "informed")),
        *((name, state) for name in anytime for state in set(State) - {State.CLOSED}),
        *(("rate", state) for state in ("resolved", "informed", "confirmed", "closed")),
        ("appoint", "dispatched"), *((name, "accepted") for name in around_a_visit), ("reopen", "closed"),
    }  # fmt: skip


UNKNOWN = [
    ("explode", {}, "step.unknown"),
    ("classify", {"colour": "red"}, "step.unknown_value"),
    ("classify", {"": "red"}, "step.unknown_value"),
    ("classify", {"state": "closed"}, "step.unknown_value"),
    ("classify", {"type": "war"}, "request.unknown_value"),
    ("classify", {"limit": "soon"}, "request.unknown_limit"),
    ("classify", {"trade": "\x00"}, "canonical.unsupported"),
    ("classify", {"trade": "\ud800"}, "canonical.unsupported"),
    ("classify", {"\ud800": "x"}, "canonical.unsupported"),
    ("reply", {"version": "3"}, "step.unknown_value"),
]


@pytest.mark.parametrize(("name", "values", "code"), UNKNOWN)
def test_what_a_step_does_not_know_is_refused(
    desk: Desk, house: House, name: str, values: dict[str, str], code: str
) -> None:
    request = desk.register()
    before = written()
    with pytest.raises(RuleViolation) as refusal:
        desk.step(request, f"frontdesk {name}", "2026-09-30 16:10", **values)
    assert (refusal.value.code, written()) == (code, before)


WORDS = [("", "step.needs_words"), ("  \n ", "step.needs_words"), ("\x00", "canonical.unsupported"),
         ("a\ud83d", "canonical.unsupported")]  # fmt: skip


@pytest.mark.parametrize(("words", "code"), WORDS)
def test_words_that_are_none(desk: Desk, words: str, code: str) -> None:
    request = desk.register()
    with pytest.raises(RuleViolation) as refusal:
        desk.step(request, "frontdesk reply", "2026-09-30 16:10", words=words)
    assert refusal.value.code == code


def test_rare_signs_are_words_like_others(desk: Desk) -> None:
    request = desk.register(text="𠮷田先生说:电梯🛗坏了")
    desk.step(request, "frontdesk reply", "2026-09-30 16:10", words="𠮷")
    first, reply = entries(request)
    assert (first.words_row.words["text"], reply.words_row.words) == (
        "𠮷田先生说:电梯🛗坏了",
        {"reply": "𠮷"},
    )


TIMES = [
    ("2026-09-30 15:59", "2026-09-30 16:10", "entry.before_case"),
    ("1999-01-01 00:00", "2026-09-30 16:10", "entry.before_case"),
    ("2026-09-30 16:13", "2026-09-30 16:10", "entry.in_future"),
    ("2099-01-01 00:00", "2026-09-30 16:10", "entry.in_future"),
    ("2026-09-30 16:12", "2026-09-30 16:10", ""),
]


@pytest.mark.parametrize(("when", "entered", "code"), TIMES)
def test_a_step_happens_after_the_case_and_not_in_the_future(
    desk: Desk, when: str, entered: str, code: str
) -> None:
    request = desk.register()
    before = written()
    with pytest.raises(RuleViolation) if code else nullcontext() as refusal:
        desk.step(request, "frontdesk classify", when, entered=entered)
    if refusal:
        assert (refusal.value.code, written()) == (code, before)


def test_a_minute_told_by_a_form_is_not_before_the_case_that_began_within_it(desk: Desk) -> None:
    request = desk.register(when="2026-09-30 16:00:23")
    desk.step(request, "frontdesk classify", "2026-09-30 16:00", entered="2026-09-30 16:01")
    assert [entry.at for entry in entries(request)] == [at("2026-09-30 16:00:23")] * 2


ORDER = [
    ("resolve", "2026-09-30 16:19", "entry.before_step"),
    ("resolve", "2026-09-30 16:20", ""),
    ("reply", "2026-09-30 16:10", ""),  # it moves nothing, and may have been said before
]


@pytest.mark.parametrize(("name", "when", "code"), ORDER)
def test_a_step_that_moves_the_case_happens_after_the_one_that_led_there(
    desk: Desk, name: str, when: str, code: str
) -> None:
    request = desk.step(desk.register(), "frontdesk classify", "2026-09-30 16:20:30")
    before = written()
    with pytest.raises(RuleViolation) if code else nullcontext() as refusal:
        desk.step(request, f"frontdesk {name}", when, entered="2026-09-30 16:30", words="好了")
    if refusal:
        assert (refusal.value.code, refusal.value.params) == (code, {"before": "2026-09-30 16:20"})
        assert written() == before
    else:
        led_here = at("2026-09-30 16:20:30")
        assert entries(request)[-1].at == (led_here if name == "resolve" else at(when))


def test_a_version_that_is_not_the_present_one(desk: Desk, house: House) -> None:
    request = desk.step(desk.register(), "frontdesk classify", "2026-09-30 16:10")
    by = house.by("frontdesk")
    for seen in (1, 3, 0, -1):
        with pytest.raises(RuleViolation) as refusal:
            take_step(
                number=request.number, step="reply", act=by.act(now=NOW), by=by, version=seen, words="好"
            )
        assert (refusal.value.code, refusal.value.params) == (
            "request.stale",
            {"version": 2, "state": "classified"},
        )
    done = take_step(number=request.number, step="reply", act=by.act(now=NOW), by=by, version=2, words="好")
    assert done.version == 3


@pytest.mark.parametrize("seed", range(6))
def test_the_book_folds_to_what_is_stored(desk: Desk, house: House, seed: int) -> None:
    """Walk at random through the table; what is refused on the way leaves nothing, and no two cases mix."""
    dice = random.Random(seed)
    cases = [desk.register(dice.choice(["complaint", "repair_home", "repair_public"])) for _ in range(2)]
    for minute in range(30):
        request = Request.objects.get(pk=dice.choice(cases).pk)
        usual = [row for row in STEPS.rows if request.state in row.from_states]
        name = dice.choice(usual).name if usual and dice.random() < 0.9 else dice.choice(STEP_NAMES)
        roles = [role for row in usual if row.name == name for role in sorted(row.roles)] or ROLES
        values = {"into": cases[dice.randrange(2)].number} if name == "merge" else dict(VALUES.get(name, {}))
        act_at = at(f"2026-10-09 10:{minute:02}")
        by = house.alone(dice.choice(roles))
        before = (written(), request.version)
        try:
            with transaction.atomic():
                take_step(
                    number=request.number,
                    step=name,
                    act=by.act(now=act_at),
                    by=by,
                    words="写明。",
                    values=values,
                )
        except RuleViolation:
            assert (written(), Request.objects.get(pk=request.pk).version) == before
    for case in cases:
        stored = Request.objects.get(pk=case.pk)
        book = [(entry.kind, entry.facts, entry.recorded_at) for entry in entries(case)]
        assert fold(book, now=at("2026-10-09 10:59")) == stored.state
        assert (stored.closed_at is not None) == (stored.state == "closed") == bool(stored.outcome)


def test_no_entry_but_late_and_escalated_is_the_systems(desk: Desk, house: House) -> None:
    from hemu.ledger.operations import append

    request = desk.register()
    confirmations: dict[str, dict[str, Any]] = {
        "request.owner_confirmed": {"type": "complaint"},
        "request.replied": {},
        "request.closed": {"type": "complaint", "outcome": "told"},
        "request.resolved": {"type": "complaint", "on_time": True},
    }
    for kind, facts in confirmations.items():
        with pytest.raises(RuleViolation) as refusal:
            append(book=house.community.book_id, kind=kind, subject=request.subject,
                   act=Act("system", NOW, NOW), facts=facts)  # fmt: skip
        assert refusal.value.code == "entry.wrong_actor"
    assert not Entry.objects.filter(actor="system").exists()
