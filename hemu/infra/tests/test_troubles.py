"""One piece of work that always raises: the others go on, it is parked, and a person has it tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from hemu.infra.models import Trouble
from hemu.infra.troubles import GONE_AFTER, TRY_AFTER, Pieces, retry, troubles

NOW = datetime(2026, 9, 30, 8, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def poison() -> int:
    raise ValueError("三单元的王女士")


def round_at(now: datetime) -> tuple[int, list[str]]:
    """Run a round over two pieces; return what it did and which pieces it left alone."""
    pieces = Pieces("duty", now)
    resting = pieces.resting()
    works = {"good": lambda: 1, "bad": poison}
    return sum(
        pieces.do(key, act, about="request:A-1") for key, act in works.items() if key not in resting
    ), resting


def test_a_piece_that_raises_does_not_stop_the_others_and_is_parked_after_five_tries() -> None:
    now = NOW
    for tries, pause in enumerate(TRY_AFTER, 1):
        assert round_at(now) == (1, [])
        row = troubles()[0]
        assert (row.kind, row.key, row.about, row.tries, row.next_at) == (
            "duty",
            "bad",
            "request:A-1",
            tries,
            now + pause,
        )
        assert round_at(now + pause - timedelta(seconds=1)) == (1, ["bad"])
        now += pause
    assert round_at(now) == (1, [])
    assert (troubles()[0].tries, troubles()[0].next_at) == (5, None)
    assert round_at(now + timedelta(days=30)) == (1, ["bad"])


def test_what_is_noted_of_an_error_is_its_kind_and_never_its_words() -> None:
    round_at(NOW)
    row = Trouble.objects.get()
    assert (row.error, row.first_at, row.last_at) == ("ValueError", NOW, NOW)
    assert "王女士" not in str(Trouble.objects.values().get())


def test_a_person_has_it_tried_again_and_what_is_done_leaves_the_list() -> None:
    round_at(NOW)
    assert retry(kind="duty", key="bad", now=NOW)
    pieces = Pieces("duty", NOW)
    assert pieces.resting() == []
    assert pieces.do("bad", lambda: 1) == 1
    assert troubles() == []
    assert not retry(kind="duty", key="bad", now=NOW)


def test_what_is_no_piece_of_work_any_more_leaves_the_list() -> None:
    round_at(NOW)
    later = NOW + TRY_AFTER[0] + GONE_AFTER
    Pieces("duty", later)
    assert len(troubles()) == 1
    Pieces("duty", later + timedelta(seconds=1))
    assert troubles() == []
