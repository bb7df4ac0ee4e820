"""Evidence on word: drawn by the first root after the month, called again by somebody else, annulled if denied."""

from uuid import UUID

import pytest

from hemu.access.tests.house import House, at, client, found_house, standing_at
from hemu.duties.models import Duty
from hemu.figures.models import Draw, Recall
from hemu.figures.operations import draw_month, draw_of, months_before, note_recall
from hemu.figures.queries import figures_of, month_of, recalls_to_make, rests_on
from hemu.figures.rules import drawn
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Entry
from hemu.ledger.operations import seal
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import Desk

AFTER = at("2026-10-01 00:30")
NOW = at("2026-10-08 09:00")
standing = standing_at(NOW)


@pytest.fixture
def house(db: None) -> House:
    return found_house()


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


def resolved(desk: Desk, *, by: str = "steward", entered: str = "") -> Request:
    case = desk.register("complaint", "2026-09-21 10:00")
    case = desk.step(case, "frontdesk classify", "2026-09-21 10:05")
    return desk.step(case, f"{by} resolve", "2026-09-21 16:00", entered=entered)


def sealed_and_drawn() -> list[Recall]:
    seal(now=AFTER)
    draw_month("2026-09", now=NOW)
    return list(Recall.objects.order_by("id"))


def of(recalls: list[Recall], case: Request, kind: str = "request.resolved") -> Recall:
    entry = Entry.objects.get(subject=case.subject, kind=kind)
    return next(each for each in recalls if each.entry == entry.id)


def note(house: House, recall: Recall, login: str, answer: str, words: str = "问过业主。") -> Entry:
    by = house.by(login)
    return note_recall(recall=recall.id, answer=answer, by=by, act=by.act(now=NOW), words=words)


def test_nothing_is_drawn_before_the_month_is_sealed(house: House, desk: Desk) -> None:
    resolved(desk)
    seal(now=at("2026-09-30 23:30"))
    assert draw_month("2026-09", now=NOW) == 0
    with pytest.raises(RuleViolation, match=r"recall\.no_root"):
        draw_of("2026-09")
    assert not Draw.objects.exists()


def test_the_draw_is_that_of_the_root_and_is_made_once(house: House, desk: Desk) -> None:
    for _ in range(5):
        resolved(desk)
    rows = sealed_and_drawn()
    draw = Draw.objects.get()
    steward = house.by("steward")
    ids = [
        str(each)
        for each in Entry.objects.filter(actor=steward.key, kind="request.resolved").values_list(
            "id", flat=True
        )
    ]
    expected = drawn(draw.root, steward.key, ids, share=0.05, at_least=3)
    assert {str(each.entry) for each in rows if each.giver_id == steward.staff_id} == set(expected)
    assert (len(expected), draw.count) == (3, len(rows))
    assert draw_month("2026-09", now=NOW) == 0
    assert Recall.objects.count() == len(rows)


def test_a_denial_annuls_the_evidence_and_the_duties_are_open_again(house: House, desk: Desk) -> None:
    case = resolved(desk)
    recall = of(sealed_and_drawn(), case)
    met = set(Duty.objects.filter(ended_by=recall.entry).values_list("clause", flat=True))
    assert "RQ-18" in met
    note(house, recall, "quality", "not_reached")
    assert Recall.objects.get(id=recall.id).state == "not_reached"
    entry = note(house, recall, "cs_supervisor", "denied", "业主说没有人来过。")
    assert (entry.kind, entry.subject) == ("evidence.recalled", case.subject)
    assert entry.facts == {"entry": str(recall.entry), "answer": "denied"}
    assert (
        set(Duty.objects.filter(subject=case.subject, state="open").values_list("clause", flat=True)) >= met
    )
    annulled = Entry.objects.filter(kind="duty.annulled", subject=case.subject)
    assert {each.facts["entry"] for each in annulled} == {str(recall.entry)}
    done = Recall.objects.get(id=recall.id)
    assert (done.state, done.tries, done.noted_by_id) == ("denied", 2, house.by("cs_supervisor").staff_id)
    month = month_of(house.community, "2026-09", now=NOW)
    rate = next(each for each in figures_of(house.community, month, now=NOW) if each.clause.id == "RQ-29")
    assert (rate.met, rate.cohort) == (0, 1)  # denied, it counts in no rate any more


def test_what_is_confirmed_stands(house: House, desk: Desk) -> None:
    recall = of(sealed_and_drawn_of(desk), Request.objects.get())
    note(house, recall, "quality", "confirmed")
    assert not Entry.objects.filter(kind="duty.annulled").exists()
    with pytest.raises(RuleViolation, match=r"recall\.settled"):
        note(house, recall, "quality", "denied")


def sealed_and_drawn_of(desk: Desk) -> list[Recall]:
    resolved(desk)
    return sealed_and_drawn()


def test_a_refusal_writes_nothing(house: House, desk: Desk) -> None:
    case = resolved(desk, by="cs_supervisor")
    recall = of(sealed_and_drawn(), case)
    before = Entry.objects.count()
    for login, answer, words, code in [
        ("cs_supervisor", "confirmed", "是。", "recall.own_evidence"), ("quality", "perhaps", "是。", "recall.unknown_outcome"),
        ("quality", "confirmed", " ", "recall.no_words"), ("elsewhere", "confirmed", "是。", "recall.not_found"),
        ("frontdesk", "confirmed", "是。", "recall.not_found"),
    ]:  # fmt: skip
        with pytest.raises(RuleViolation) as refused:
            note(house, recall, login, answer, words)
        assert refused.value.code == code
    assert (Entry.objects.count(), Recall.objects.get(id=recall.id).tries) == (before, 0)
    assert recall not in recalls_to_make(house.by("cs_supervisor"))
    assert recall in recalls_to_make(house.by("quality"))


def test_on_what_a_month_rests(house: House, desk: Desk) -> None:
    resolved(desk)
    resolved(desk, entered="2026-09-23 09:00")
    month = month_of(house.community, "2026-09", now=NOW)
    found = rests_on(house.office, month)
    mine = found.people[house.by("steward").key]
    assert (mine.count, mine.word, mine.late, mine.dependent) == (2, 2, 1, 0)
    assert set(found.books) == {house.community.book_id}


@pytest.mark.usefixtures("standing")
def test_the_list_on_the_page(house: House, desk: Desk) -> None:
    case = resolved(desk)
    recall = of(sealed_and_drawn(), case)
    page = client("quality").get("/figures/recalls/").content.decode()
    assert (case.number in page, str(recall.id) in page) == (True, True)
    address = f"/figures/recalls/{recall.id}/"
    assert (
        client("quality").post(address, {"answer": "confirmed", "words": "", "key": "a"}).status_code == 422
    )
    form = {"answer": "confirmed", "words": "业主说办好了。", "key": "b"}
    assert client("quality").post(address, form).status_code == 302
    assert client("quality").post(address, form).status_code == 302  # pressed twice, noted once
    assert Recall.objects.get(id=recall.id).tries == 1
    assert "属实" in client("quality").get("/figures/recalls/").content.decode()
    page = client("cs_supervisor").get("/figures/evidence/?month=2026-09").content.decode()
    assert ("示例steward" in page, "属实 1 件" in page) == (True, True)
    unknown = UUID(int=7)
    assert client("quality").post(f"/figures/recalls/{unknown}/", form).status_code == 404


def test_the_months_before() -> None:
    assert months_before(at("2026-02-10 09:00"), 3) == ["2026-01", "2025-12", "2025-11"]
