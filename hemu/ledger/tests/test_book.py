"""The book on a real database: what it refuses, what sealing promises, and that every tamper is found."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from conftest import triggers_asleep
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import parse_moment
from hemu.ledger import catalogue
from hemu.ledger.checks import ledger_triggers
from hemu.ledger.entries import Kind, Proof, Reaction
from hemu.ledger.models import Book, ClosedWords, Entry, Leaf, Seal, Unsealed
from hemu.ledger.operations import SYSTEM, Act, append, erase_words, open_book, seal
from hemu.ledger.queries import oldest_unsealed, timeline, unsealed_count, verify, words_of
from hemu.ledger.tasks import seal_when_old
from hemu.ledger.triggers import expected_triggers, missing_triggers

NOW = parse_moment("2026-09-30 16:00")
KIND = Kind("test.noted", {"count": int, "sure": bool, "to": str}, frozenset({"count"}))
HARD = Kind("test.signed", {}, least_proof=Proof.SECOND)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "_kinds", {**catalogue.kinds(), KIND.name: KIND, HARD.name: HARD})


@pytest.fixture
def book() -> Book:
    return open_book(level="company", parent=None, now=NOW)


def note(book: Book, count: int = 1, *, now: datetime = NOW, **more: Any) -> Entry:
    values: dict[str, Any] = {"facts": {"count": count}, "words": {"text": f"第{count}件"}, **more}
    act = values.pop("act", Act("staff:x", now, now))
    return append(book=book.id, kind=values.pop("kind", KIND.name), subject="test:1", act=act, **values)


def act(**more: Any) -> Act:
    return Act(**{"actor": "staff:x", "at": NOW, "recorded_at": NOW, **more})


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"kind": "test.unknown"}, "entry.unknown_kind"),
    ({"facts": {"count": 1, "name": "张三"}}, "entry.unknown_fact"),
    ({"facts": {}}, "entry.missing_fact"),
    ({"facts": {"count": None}}, "entry.missing_fact"),
    ({"facts": {"count": "1"}}, "entry.wrong_fact"),
    ({"facts": {"count": True}}, "entry.wrong_fact"),
    ({"facts": {"count": 1.0}}, "entry.wrong_fact"),
    ({"facts": {"count": 1, "sure": 1}}, "entry.wrong_fact"),
    ({"facts": {"count": 1, "to": "a\x00"}}, "canonical.unsupported"),
    ({"facts": {"count": 1, "to": "\ud800"}}, "canonical.unsupported"),
    ({"words": {"text": "\x00"}}, "canonical.unsupported"),
    ({"words": {"text": 1.5}}, "canonical.unsupported"),
    ({"act": act(at=NOW + timedelta(minutes=2, microseconds=1))}, "entry.in_future"),
    ({"act": act(at=parse_moment("1999-12-31 12:00"))}, "entry.too_long_ago"),
    ({"act": act(actor=SYSTEM)}, "entry.wrong_actor"),
    ({"kind": "duty.late", "facts": {"clause": "RQ-03", "due": "x"}}, "entry.wrong_actor"),
    ({"kind": HARD.name, "facts": {}}, "entry.proof_too_weak"),
]


@pytest.mark.parametrize(("values", "code"), REFUSED)
def test_what_is_no_entry(book: Book, values: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        note(book, **values)
    assert refusal.value.code == code
    assert (Entry.objects.count(), ClosedWords.objects.count()) == (0, 0)


def test_what_is_one(book: Book) -> None:
    for proof in (Proof.SECOND, Proof.DEVICE, Proof.OWN):
        note(book, kind=HARD.name, facts={}, act=act(proof=proof))
    note(book, act=act(at=NOW + timedelta(minutes=2)))
    entry = note(
        book, facts={"count": 0, "sure": False, "to": None}, words={"text": "", "name": None, "n": 0}
    )
    assert (entry.facts, words_of(timeline("test:1")[-1])) == ({"count": 0, "sure": False}, {"n": 0})
    assert note(book, words={}).closed == ""
    assert verify(now=NOW).ok


def test_a_reaction_that_fails_fails_the_write(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(entry: Entry) -> None:
        raise RuleViolation("test.no")

    monkeypatch.setattr(catalogue, "_reactions", [Reaction(KIND.name, fail)])
    with pytest.raises(RuleViolation), transaction.atomic():
        note(book)
    assert (Entry.objects.count(), ClosedWords.objects.count()) == (0, 0)


@pytest.mark.parametrize(("levels", "written"), [(0, 1), (1, 2), (2, 3), (3, 0)])
def test_reactions_append_two_levels_deep_at_most(
    book: Book, monkeypatch: pytest.MonkeyPatch, levels: int, written: int
) -> None:
    def echo(entry: Entry) -> None:
        if entry.facts["count"] < levels:
            note(book, entry.facts["count"] + 1)

    monkeypatch.setattr(catalogue, "_reactions", [Reaction("*", echo)])
    try:
        with transaction.atomic():
            note(book, 0)
    except RuleViolation as refusal:
        assert (refusal.code, levels) == ("entry.too_deep", 3)  # noqa: PT017
    assert Entry.objects.count() == written


def test_what_came_late_is_marked_late_however_deep_it_was_written(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mark(entry: Entry) -> None:
        if entry.kind == KIND.name and entry.facts["count"] < 2:
            note(book, entry.facts["count"] + 1)
        else:
            late = {"clause": "RQ-06", "due": "2026-09-30T08:00:00Z"}
            append(book=book.id, kind="duty.late", subject="test:1", act=Act(SYSTEM, NOW, NOW), facts=late)

    monkeypatch.setattr(catalogue, "_reactions", [Reaction(KIND.name, mark)])
    note(book, 0)
    assert list(Entry.objects.order_by("seq").values_list("kind", flat=True)) == [KIND.name] * 3 + [
        "duty.late"
    ]
    monkeypatch.setattr(catalogue, "_reactions", [Reaction("*", mark)])
    with (
        pytest.raises(RuleViolation, match=r"entry\.too_deep"),
        transaction.atomic(),
    ):  # the clock in a circle
        note(book, 0)


# ── the database itself refuses ──────────────────────────────────────────────

TABLES = ["ledger_entry", "ledger_seal", "ledger_leaf", "ledger_closedwords"]


def forbidden() -> list[str]:
    statements = [
        "UPDATE ledger_entry SET kind = 'x'",
        "UPDATE ledger_entry SET seq = seq + 100",
        "UPDATE ledger_seal SET root = 'x'",
        "UPDATE ledger_leaf SET position = 7",
        "UPDATE ledger_closedwords SET words = '{}'",
        "DELETE FROM ledger_entry",
        "DELETE FROM ledger_seal",
        "DELETE FROM ledger_leaf WHERE position = 0",
    ]
    if connection.vendor == "sqlite":
        for table in TABLES[:3]:
            statements.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
            statements.append(f"REPLACE INTO {table} SELECT * FROM {table}")
        statements.append("UPDATE OR REPLACE ledger_entry SET kind = 'x'")
    else:
        statements += [f"TRUNCATE {table} CASCADE" for table in TABLES]
        statements.append(
            "INSERT INTO ledger_leaf SELECT * FROM ledger_leaf ON CONFLICT (entry_seq) DO UPDATE SET position = 7"
        )
    return statements


def test_what_the_database_refuses(book: Book) -> None:
    note(book), note(book, 2)
    seal(now=NOW)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # else TRUNCATE stumbles over keys not checked yet
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in forbidden():
            with pytest.raises(DatabaseError, match="the book is never changed"), transaction.atomic():
                cursor.execute(statement)
    assert verify(now=NOW).problems == []


def test_words_may_be_erased_and_the_book_stays_whole(book: Book) -> None:
    entry = note(book)
    seal(now=NOW)
    assert erase_words(entry_id=str(entry.id)) is True
    assert erase_words(entry_id=str(entry.id)) is False
    found = verify(now=NOW)
    assert (found.ok, found.entries, words_of(timeline("test:1")[0])) == (True, 1, {})
    assert timeline("test:1")[0].closed == entry.closed != ""


def test_triggers_that_are_missing_or_asleep_are_named(book: Book) -> None:
    assert missing_triggers() == [] == ledger_triggers(["default"])
    name = "ledger_entry_no_delete"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute(f"ALTER TABLE ledger_entry DISABLE TRIGGER {name}")
            assert missing_triggers() == [name]
            cursor.execute(f"ALTER TABLE ledger_entry ENABLE REPLICA TRIGGER {name}")
    assert missing_triggers() == [name]
    assert verify(now=NOW).problems == [f"trigger missing: {name}"]
    assert [error.id for error in ledger_triggers(["default"])] == ["hemu.E002"]
    assert name in expected_triggers(connection.vendor)


# ── sealing ──────────────────────────────────────────────────────────────────


def test_seals_are_chained_and_hold_each_entry_once(book: Book) -> None:
    assert seal(now=NOW) is None
    for number in range(5):
        note(book, number)
    first = seal(now=NOW)
    assert seal(now=NOW) is None
    for number in range(3):
        note(book, number)
    later = NOW + timedelta(days=3)
    second = seal(now=later)
    assert first is not None
    assert second is not None
    assert (first.number, first.size, first.previous, second.number, second.size) == (1, 5, "0" * 64, 2, 3)
    assert second.previous == first.head
    note(book, 9)
    found = verify(now=later)
    assert (found.ok, found.entries, found.seals, found.unsealed, found.root) == (True, 9, 2, 1, second.head)
    assert Leaf.objects.count() == 8
    note(book, 10)
    third = seal(now=later + timedelta(days=3))
    assert third is not None
    assert (third.size, verify(now=later).unsealed) == (2, 0)


def test_a_seal_takes_what_waits_by_time_and_id_and_what_commits_later_falls_into_the_next(
    book: Book,
) -> None:
    """A row of `unsealed` is all that decides: an entry of an earlier `seq` that shows up late is not lost."""
    late, second, first = note(book, 1), note(book, 2, now=NOW + timedelta(seconds=1)), note(book, 3)
    assert list(Unsealed.objects.order_by("pk").values_list("pk", flat=True)) == [
        late.seq,
        second.seq,
        first.seq,
    ]
    Unsealed.objects.filter(pk=late.seq).delete()  # as another transaction sees it before this one commits
    seal(now=NOW)
    assert list(Leaf.objects.order_by("position").values_list("entry_seq", flat=True)) == [
        first.seq,
        second.seq,
    ]
    Unsealed.objects.create(entry=late)
    assert (unsealed_count(), oldest_unsealed()) == (1, NOW)
    assert seal(now=NOW + timedelta(hours=1)) is not None
    assert list(Leaf.objects.filter(seal_id=2).values_list("entry_seq", flat=True)) == [late.seq]
    assert (Unsealed.objects.count(), verify(now=NOW + timedelta(days=2)).problems) == (0, [])


def test_what_a_version_of_before_sealed_or_left_is_neither_sealed_twice_nor_lost(book: Book) -> None:
    sealed, left = note(book, 1), note(book, 2)
    seal(now=NOW)
    Unsealed.objects.create(entry=sealed)  # a sealer that knows no such table deletes no row
    assert seal(now=NOW) is None
    assert Unsealed.objects.count() == 0
    left = note(book, 3)
    Unsealed.objects.all().delete()  # written before there was the table
    assert verify(now=NOW).problems == [f"entry {left.id}: in no seal, though it should be"]
    module = import_module("hemu.ledger.migrations.0004_unsealed_of_before")
    for _ in range(2):
        module.fill(apps, connection.schema_editor())
        assert list(Unsealed.objects.values_list("pk", flat=True)) == [left.seq]


GOLDEN_HEADS = [
    "d3a227190732d4ac6d3ef181af7a71e57460e5c961a20df6896e195cc685e225",
    "eaafc1e6d190427e087065fd9a3bb887c682a4d6a676efdb422ea11c5da8fdc2",
]


def test_seals_have_these_heads_for_ever(book: Book) -> None:
    """Of entries that are given to the byte: whoever changes how seals are made breaks every root on paper."""
    fixed = {
        "v": 1,
        "book_id": book.id,
        "kind": KIND.name,
        "subject": "test:1",
        "actor": "staff:x",
        "proof": "word",
    }
    for number in range(1, 6):
        at = NOW - timedelta(minutes=number)
        Entry.objects.create(
            **fixed, id=UUID(int=number), at=at, recorded_at=at, clause="", facts={}, closed="",
            digest=hashlib.sha256(bytes([number])).hexdigest(),
        )  # fmt: skip
        if number in (3, 5):
            seal(now=NOW + timedelta(minutes=number))
    assert list(Seal.objects.order_by("number").values_list("head", flat=True)) == GOLDEN_HEADS


def test_nothing_is_unsealed_for_an_hour(book: Book) -> None:
    note(book)
    for minutes, made in ((49, 0), (50, 1), (51, 0)):
        assert seal_when_old(NOW + timedelta(minutes=minutes)) == made
    assert oldest_unsealed() is None


def sql(statement: str) -> Callable[[], None]:
    def run() -> None:
        with triggers_asleep(), connection.cursor() as cursor:
            cursor.execute(statement)

    return run


CHANGED, WORDS, ROOT, CHAIN, IN_NONE = (
    "changed since",
    "words differ",
    "do not give its root",
    "not chained",
    "in no seal",
)
TAMPERS = [
    ("facts", "UPDATE ledger_entry SET facts = '{\"count\":7}' WHERE seq = {first}", [CHANGED]),
    ("facts without bytes", "UPDATE ledger_entry SET facts = '{\"count\":1.5}' WHERE seq = {first}", [CHANGED]),
    ("facts and digest", "UPDATE ledger_entry SET actor = 'staff:y', digest = 'ab' WHERE seq = {first}",
     [CHANGED, ROOT]),
    ("a time", "UPDATE ledger_entry SET at = '2026-09-30 07:59:00+00' WHERE seq = {first}", [CHANGED]),
    ("words", "UPDATE ledger_closedwords SET words = '{\"text\":\"别的\"}'", [WORDS, WORDS, WORDS, WORDS]),
    ("a removed entry", "DELETE FROM ledger_entry WHERE seq = {first}", [ROOT]),
    ("entries exchanged", "UPDATE ledger_leaf SET position = CASE position WHEN 0 THEN 9 ELSE 0 END WHERE seal_id = 1",
     [ROOT]),
    ("a removed leaf", "DELETE FROM ledger_leaf WHERE entry_seq = {first}", [IN_NONE, ROOT]),
    ("a leaf too many", "INSERT INTO ledger_leaf (entry_seq, seal_id, position) VALUES (999999, 1, 9)", [ROOT]),
    ("a root", "UPDATE ledger_seal SET root = head WHERE number = 1", [ROOT, CHAIN]),
    ("no root at all", "UPDATE ledger_seal SET root = 'zz' WHERE number = 1", [ROOT, CHAIN]),
    ("a head", "UPDATE ledger_seal SET head = root WHERE number = 1", [CHAIN, CHAIN]),
    ("a seal's time", "UPDATE ledger_seal SET sealed_at = '2026-01-01 00:00:00+00' WHERE number = 1", [CHAIN]),
    ("seals exchanged", "UPDATE ledger_leaf SET position = position + 9 WHERE seal_id = 2; UPDATE ledger_leaf SET seal_id = 2"
     " WHERE seal_id = 1; UPDATE ledger_leaf SET seal_id = 1, position = position - 9 WHERE position > 8", [ROOT, ROOT]),
    ("a removed seal", "DELETE FROM ledger_leaf WHERE seal_id = 1; DELETE FROM ledger_seal WHERE number = 1",
     [IN_NONE, IN_NONE, ROOT, CHAIN]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "statement", "problems"), TAMPERS, ids=[row[0] for row in TAMPERS])
def test_every_tamper_is_found(book: Book, what: str, statement: str, problems: list[str]) -> None:
    note(book, 1), note(book, 2)
    seal(now=NOW)
    note(book, 3), note(book, 4)
    seal(now=NOW + timedelta(hours=1))
    first = str(Entry.objects.order_by("seq").values_list("seq", flat=True)[0])
    later = NOW + timedelta(days=2)
    assert verify(now=later).ok
    with transaction.atomic():  # rolled back before the database asks what was torn from what
        for each in statement.replace("{first}", first).split("; "):
            sql(each)()
        found = verify(now=later).problems
        assert len(found) == len(problems), found
        assert [want for want, said in zip(problems, found, strict=True) if want not in said] == []
        transaction.set_rollback(True)


def test_an_entry_slipped_in_below_a_seal_is_found(book: Book) -> None:
    note(book, 1)
    entry = note(book, 2)
    last = note(book, 3)
    with triggers_asleep():
        ClosedWords.objects.filter(entry=entry).delete()
        Entry.objects.filter(pk=entry.pk).delete()
    assert verify(now=NOW).problems == [f"entry number {entry.pk}: gone before it was sealed"]
    Unsealed.objects.filter(pk=entry.pk).delete()
    seal(now=NOW)
    Entry.objects.bulk_create([entry])
    assert last.seq > entry.seq
    assert Unsealed.objects.count() == 1
    assert verify(now=NOW).unsealed == 1
    assert verify(now=NOW + timedelta(days=2)).problems == [
        f"entry {entry.id}: in no seal, though it should be"
    ]
    assert Seal.objects.count() == 1
