"""What leaves the house for somebody else to check, and what `hemu ledger verify` makes of published codes."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

import hemu_verify
from conftest import triggers_asleep
from hemu.foundation.errors import RuleViolation
from hemu.foundation.merkle import GENESIS, chain_head, root
from hemu.infra.moments import parse_moment
from hemu.ledger import catalogue
from hemu.ledger.entries import Kind
from hemu.ledger.models import Book, Entry, Leaf, Seal
from hemu.ledger.operations import Act, append, erase_words, open_book, publish_root, seal
from hemu.ledger.operations_package import export
from hemu.ledger.queries import publications, seal_at, seal_of_code, verify

DAY = parse_moment("2026-11-02 00:00")
HOURS = (9, 10, 20, 33)
pytestmark = pytest.mark.django_db


KIND = Kind("test.noted")


@pytest.fixture
def book(monkeypatch: pytest.MonkeyPatch) -> Book:
    """Return a book with an entry in the first seal and one in the second, one not sealed, and one of the next day."""
    monkeypatch.setattr(catalogue, "_kinds", {**catalogue.kinds(), KIND.name: KIND})
    book, other = (open_book(level="community", parent=None, now=DAY) for _ in range(2))
    for number, hour in enumerate(HOURS):
        at = DAY + timedelta(hours=hour)
        for one in (book, other):
            note(one, at)
        if number < 2:
            seal(now=at + timedelta(minutes=50))
    return book


def note(book: Book, at: object) -> Entry:
    moment = parse_moment(str(at))
    act = Act("staff:x", moment, moment)
    return append(book=book.pk, kind=KIND.name, subject="test:1", act=act, words={"text": "水管已修好"})


def test_a_package_is_checked_elsewhere_and_erased_words_change_no_byte(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    period: dict[str, Any] = {
        "book": book,
        "since": DAY,
        "until": DAY + timedelta(days=1),
        "now": DAY + timedelta(days=3),
    }
    assert export(folder=tmp_path / "one", **period) == {"entries": 3, "unsealed": 1, "seals": 2}
    for entry in Entry.objects.filter(closed__gt=""):
        erase_words(entry_id=str(entry.id))
    assert export(folder=tmp_path / "two", **period) == {"entries": 3, "unsealed": 1, "seals": 2}
    for name in ("manifest.json", "entries.jsonl", "proofs.jsonl", "seals.jsonl"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert "水管" not in (tmp_path / "one" / "entries.jsonl").read_text("utf-8")
    newest = Seal.objects.get(number=2)
    assert hemu_verify.main([str(tmp_path / "two"), "--root", newest.code]) == 0
    assert "自 2026-11-02 10:50 起没有改动" in capsys.readouterr().out
    assert verify(now=DAY + timedelta(days=3), codes=[newest.code]).problems == []


REFUSED = [
    ("one", DAY, DAY, "package.period"),
    ("", DAY, DAY + timedelta(days=1), "package.exists"),
    ("file/one", DAY, DAY + timedelta(days=1), "package.unwritable"),
]


@pytest.mark.parametrize(("name", "since", "until", "code"), REFUSED)
def test_what_is_not_exported(
    book: Book, tmp_path: Path, name: str, since: Any, until: Any, code: str
) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RuleViolation, match=code.replace(".", r"\.")):
        export(book=book, since=since, until=until, folder=tmp_path / name, now=DAY)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_an_entry_made_into_what_has_no_bytes_is_not_exported(book: Book, tmp_path: Path) -> None:
    with triggers_asleep(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET facts = '{\"x\":1.5}'")
    with pytest.raises(RuleViolation, match=r"package\.spoiled"):
        export(book=book, since=DAY, until=DAY + timedelta(days=1), folder=tmp_path / "one", now=DAY)
    assert list(tmp_path.iterdir()) == []


def rewrite(actor: str) -> None:
    """Change an entry and work out every digest, root and head anew, as somebody with the password might."""
    with triggers_asleep():
        first = Entry.objects.order_by("seq")[0]
        first.actor = actor
        first.digest = first.computed_digest()
        first.save()
        previous = GENESIS
        for row in Seal.objects.order_by("number"):
            seqs = Leaf.objects.filter(seal=row).order_by("position").values_list("entry_seq", flat=True)
            leaves = [bytes.fromhex(Entry.objects.get(seq=seq).digest) for seq in seqs]
            row.root, row.previous = root(leaves).hex(), previous.hex()
            previous = chain_head(previous, root(leaves), row.size, row.sealed_at)
            row.head = previous.hex()
            row.save()


def test_a_book_written_anew_is_consistent_and_has_not_the_code_that_was_published(book: Book) -> None:
    old, later = Seal.objects.get(number=1), DAY + timedelta(days=3)
    rewrite("staff:forged")
    assert verify(now=later).problems == []
    found = verify(now=later, codes=[old.code])
    assert (found.problems, found.compared) == ([f"no seal has the published code {old.code}"], 0)
    with pytest.raises(RuleViolation, match=r"root\.no_such_seal"):
        publish_root(book=book.pk, seal=9, place="board", act=Act("staff:x", later, later))
    with pytest.raises(RuleViolation, match=r"root\.unknown_place"):
        publish_root(book=book.pk, seal=1, place="moon", act=Act("staff:x", later, later))
    entry = publish_root(book=book.pk, seal=1, place="board", act=Act("staff:x", later, later))
    new = Seal.objects.get(number=1)
    assert entry.facts == {"seal": 1, "code": new.code, "place": "board"}
    assert (list(publications(book.pk)), verify(now=later).compared) == ([entry], 1)
    rewrite("staff:again")
    newest = Seal.objects.get(number=1)
    assert verify(now=later).problems == [f"seal 1: has the code {newest.code}, published was {new.code}"]


def test_a_seal_is_found_by_its_code_and_a_day_without_entries_has_the_seal_of_before(book: Book) -> None:
    first, second = Seal.objects.order_by("number")
    assert seal_of_code(second.code) == second
    assert seal_of_code("2222-2222-2222-2222") is None
    assert [seal_at(DAY + timedelta(hours=hour)) for hour in (9, 10, 11, 99)] == [None, first, second, second]
