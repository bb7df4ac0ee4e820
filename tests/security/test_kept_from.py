"""A complaint that names somebody is not there for that person: not as a paper, not in the file, not in a sum (DESIGN §5)."""

from collections.abc import Collection
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

import hemu_verify
from hemu.access.queries_kept import kept_from
from hemu.access.tests.house import House, at, client, standing_at
from hemu.attachments.operations import keep_file
from hemu.attachments.tests.samples import jpeg
from hemu.contact_channels.operations import note_call
from hemu.contact_channels.queries import calls_of
from hemu.contact_channels.queries import figures_of as figures_of_calls
from hemu.duties.models import Duty
from hemu.duty_calendar.queries import month_of_books
from hemu.duty_wall.operations import fold
from hemu.duty_wall.queries import (
    clauses_level,
    communities_level,
    offices_level,
    trend_of,
    year_of_clause,
)
from hemu.duty_wall.queries_counting import NOTHING_ANEW, Anew, seen_by
from hemu.figures.operations import freeze_closed
from hemu.figures.queries import Figure, figures_of, month_of
from hemu.filing.models import Item
from hemu.filing.operations import file_by_hand, propose_disposal
from hemu.filing.queries import disposal_for, scope_of, visible_to
from hemu.filing.queries_homes import home_file
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Seal
from hemu.ledger.operations import seal
from hemu.messaging.models import Message
from hemu.messaging.operations import deliver, tell
from hemu.messaging.queries import barred_from, unread_count
from hemu.papers.operations import draft_paper, revise_paper, submit_paper
from hemu.papers.queries import document_for
from hemu.papers.tests.written import CONTENT, approved, drafted
from hemu.service_requests.models import Named, Request
from hemu.service_requests.tests.desk import Desk

NOW = at("2026-09-30 17:00")
standing = standing_at(NOW, autouse=True)
MONTH = date(2026, 9, 1)
PER_CENT = "RQ-29"


def complaint(house: House) -> Request:
    desk = Desk(house)
    return desk.step(desk.register("complaint", "2026-09-28 10:00"), "frontdesk classify", "2026-09-28 10:10")


def name(house: House, case: Request, login: str) -> None:
    Named.objects.create(request=case, staff_id=house.by(login).staff_id)


def refused(do: Any) -> str:
    with pytest.raises(RuleViolation) as refusal:
        do()
    return refusal.value.code


# ── papers ───────────────────────────────────────────────────────────────────


def test_a_slip_of_it_is_no_paper_for_whom_it_names(house: House) -> None:
    case, boss = complaint(house), house.by("office_director")
    slip = approved(house, kind="form", case_number=f" {case.number.lower()} ")
    assert slip.number == slip.case_number == case.number
    name(house, case, "office_director")
    assert barred_from(slip.subject) == {boss.staff_id}
    addresses = [f"/papers/documents/{slip.id}/{each}" for each in ("", "approve/", "paper/", "pages/1/")]
    theirs, others = client("office_director"), client("cs_supervisor")
    assert {theirs.get(each).status_code for each in addresses} == {404}
    assert others.get(addresses[0]).status_code == 200
    for address in (f"/papers/documents/?state={each}" for each in ("all", "open", "mine")):
        assert case.number not in theirs.get(address).content.decode()
    assert case.number in others.get("/papers/documents/?state=all").content.decode()
    again: dict[str, Any] = {"document": slip.id, "by": boss, "act": boss.act(now=NOW)}
    assert refused(lambda: document_for(boss, slip.id)) == "document.not_found"
    assert refused(lambda: submit_paper(**again)) == "document.not_found"
    assert refused(lambda: revise_paper(**again, content=CONTENT, version=1)) == "document.not_found"


@pytest.mark.parametrize("serial", ["00001", "09999", "00002"])
def test_nobody_learns_by_drafting_a_slip_whether_there_is_such_a_case(house: House, serial: str) -> None:
    """The first names who asks, nobody bears the second, the third is seen by them."""
    named, seen = complaint(house), complaint(house)
    name(house, named, "steward")
    number = f"{named.number[:-5]}{serial}"
    if number == seen.number:
        assert drafted(house, kind="form", by="steward", case_number=number).case_number == number
        return
    code = refused(lambda: drafted(house, kind="form", by="steward", case_number=number))
    assert code == "document.no_case"


def test_what_is_written_in_place_of_a_slip_is_one_too(house: House) -> None:
    case, desk = complaint(house), house.by("frontdesk")
    slip = approved(house, kind="form", case_number=case.number)
    type(slip).objects.filter(id=slip.id).update(state="issued")
    slip.refresh_from_db()
    again = draft_paper(
        kind="form", office=house.office, community=house.community, by=desk, act=desk.act(now=NOW),
        content=CONTENT, replaces=slip,
    )  # fmt: skip
    name(house, case, "office_director")
    assert {f"paper:{slip.id.hex}", f"paper:{again.id.hex}"} <= kept_from(
        house.by("office_director").staff_id
    )


# ── the file ─────────────────────────────────────────────────────────────────


def test_what_is_filed_of_it_is_not_in_the_file_of_whom_it_names(house: House) -> None:
    case, by, boss = complaint(house), house.by("cs_supervisor"), house.by("office_director")
    scan = keep_file(data=jpeg(), use="paper", by=by.key, now=NOW)
    item = file_by_hand(
        community=house.community, file_class="forms", title="旧单据", dated=NOW.date(), files=[str(scan.id)],
        by=by, act=by.act(now=NOW), home=house.home, paper_number=case.number.lower(),
    )  # fmt: skip
    Item.objects.filter(id=item.id).update(keep_until=NOW.date() - timedelta(days=1))
    later: dict[str, Any] = {"scope": scope_of(house.community), "items": [item.id], "reason": "到期。"}
    made = propose_disposal(**later, by=by, act=by.act(now=NOW))
    assert (list(visible_to(boss)), home_file(house.home, by=boss).items) == ([item], [item])
    assert disposal_for(boss, made.id) == made
    name(house, case, "office_director")
    assert (list(visible_to(boss)), home_file(house.home, by=boss).items) == ([], [])
    assert refused(lambda: disposal_for(boss, made.id)) == "disposal.not_found"
    browser = client("office_director")
    gone = (f"/archive/{item.id}/", f"/archive/disposals/{made.id}/", f"/files/{scan.id}/")
    assert [browser.get(each).status_code for each in gone] == [404] * 3
    page = browser.get("/archive/disposals/").content.decode()
    assert (item.number in page, str(made.id) in page) == (False, False)
    made.delete()
    act = boss.act(now=NOW)
    assert refused(lambda: propose_disposal(**later, by=boss, act=act)) == "disposal.not_yet"


# ── sums ─────────────────────────────────────────────────────────────────────


def counted(house: House, anew: Anew, hidden: Collection[str]) -> list[Any]:
    books = [house.office.book_id, house.community.book_id]
    levels: list[Any] = [
        offices_level([house.office], company=False, now=NOW, anew=anew),
        offices_level([house.office], company=True, now=NOW, anew=anew),
        communities_level(books, now=NOW, anew=anew),
        clauses_level(house.community.book_id, last=MONTH, now=NOW, anew=anew),
    ]
    for clause in ("RQ-04", "RQ-21", PER_CENT):
        levels.append(year_of_clause(clause, books=books, year=2026, now=NOW, anew=anew))
        levels.append(trend_of(clause, books=None, last=MONTH, months=12, now=NOW, anew=anew))
    days = month_of_books(books, MONTH, now=NOW, hidden=hidden)
    return [*levels, sorted(days, key=str)]


def test_no_sum_of_duties_counts_it_for_whom_it_names(house: House) -> None:
    case = complaint(house)
    complaint(house)
    name(house, case, "steward")
    while fold(now=NOW):
        pass
    steward, everybody = house.by("steward"), counted(house, NOTHING_ANEW, ())
    told = counted(house, seen_by(steward, now=NOW), kept_from(steward.staff_id))
    assert counted(house, seen_by(house.by("frontdesk"), now=NOW), ()) == everybody != told
    Duty.objects.filter(subject=case.subject).delete()
    while fold(now=NOW):
        pass
    assert told == counted(house, NOTHING_ANEW, ())


def test_no_figure_counts_it_for_whom_it_names_not_even_a_closed_one(house: House) -> None:
    case, other = complaint(house), complaint(house)
    name(house, case, "cs_supervisor")
    hidden = kept_from(house.by("cs_supervisor").staff_id)
    closed = at("2026-10-06 09:00")

    def figure(hidden: Collection[str]) -> Figure:
        month = month_of(house.community, "2026-09", now=closed)
        found = figures_of(house.community, month, now=closed, hidden=hidden)
        return next(each for each in found if each.clause.id == PER_CENT)

    assert (figure(()).cohort, figure(hidden).cohort, figure(hidden).members) == (
        2,
        1,
        {other.subject: False},
    )
    freeze_closed("2026-09", now=closed)
    everybody, told = figure(()).frozen, figure(hidden).frozen
    assert everybody is not None
    assert told is not None
    assert (everybody.cohort, told.cohort, told.members) == (2, 1, {"met": [], "unmet": [other.subject]})
    name(house, other, "cs_supervisor")
    assert figure(kept_from(house.by("cs_supervisor").staff_id)).frozen is None
    browser = client("cs_supervisor")
    for address in ("/figures/?", f"/figures/{PER_CENT}/?"):
        page = browser.get(f"{address}community={house.community.id}&month=2026-09").content.decode()
        assert case.number not in page
        assert "另有" not in page


# ── packages of the book ─────────────────────────────────────────────────────


def test_a_package_says_nothing_of_it_and_still_fits_its_code(house: House, tmp_path: Path) -> None:
    case, other = complaint(house), complaint(house)
    slip = drafted(house, kind="form", case_number=case.number)
    name(house, case, "office_director")
    seal(now=NOW)
    asked = {"community": str(house.community.id), "from": "2026-01-05", "to": "2026-09-30"}
    said = {}
    for login in ("office_director", "cs_supervisor"):
        got = client(login).get("/book/package/", asked)
        with ZipFile(BytesIO(b"".join(got.streaming_content))) as packed:  # type: ignore[attr-defined]
            packed.extractall(tmp_path / login)
        (folder,) = (tmp_path / login).iterdir()
        assert hemu_verify.main([str(folder), "--root", Seal.objects.get().code]) == 0
        text = (folder / "entries.jsonl").read_text()
        said[login] = [each in text for each in (case.number, slip.id.hex, other.number)]
    assert said == {"office_director": [False, False, True], "cs_supervisor": [True, True, True]}


# ── other cases ──────────────────────────────────────────────────────────────


def step(house: House, case: Request, line: str, **values: str) -> Request:
    return Desk(house).step(case, line, "2026-09-28 11:00", **values)


def test_what_is_merged_names_the_same_people_under_both_numbers(house: House) -> None:
    first, second, named = complaint(house), complaint(house), house.by("steward")
    step(house, first, "frontdesk correct", named="steward")
    assert refused(lambda: step(house, second, "steward merge", into=first.number)) == "request.not_found"
    step(house, second, "frontdesk merge", into=first.number)
    assert kept_from(named.staff_id) == {first.subject, second.subject}
    step(house, first, "frontdesk correct", named="-")
    assert kept_from(named.staff_id) == set()
    step(house, first, "frontdesk correct", named="steward,technician")
    assert kept_from(house.by("technician").staff_id) == {first.subject, second.subject}
    third = complaint(house)
    step(house, third, "frontdesk correct", named="security")
    step(house, first, "frontdesk merge", into=third.number)
    assert {kept_from(house.by(each).staff_id) == {first.subject, second.subject, third.subject}
            for each in ("steward", "technician", "security")} == {True}  # fmt: skip


def test_who_handles_the_one_must_hand_it_on_before_the_other_is_merged_into_it(house: House) -> None:
    first, second = complaint(house), complaint(house)
    step(house, second, "frontdesk correct", named="steward")
    Request.objects.filter(id=first.id).update(handler=house.by("steward").staff_id)
    assert refused(lambda: step(house, second, "frontdesk merge", into=first.number)) == "named.handles"


def test_what_was_split_from_it_does_not_say_from_what(house: House) -> None:
    case = complaint(house)
    step(house, case, "frontdesk split", type="repair_public")
    new = Request.objects.exclude(id=case.id).get()
    name(house, case, "steward")
    pages = {login: client(login).get(f"/requests/{new.number}/") for login in ("steward", "cs_supervisor")}
    assert {login: (page.status_code, case.number in page.content.decode()) for login, page in pages.items()} == {
        "steward": (200, False), "cs_supervisor": (200, True),
    }  # fmt: skip


def test_a_call_about_it_is_not_listed_nor_counted(house: House) -> None:
    case, desk = complaint(house), house.by("frontdesk")
    for number in (case.number, ""):
        note_call(
            office=house.office, by=desk, act=desk.act(now=NOW), phone="", rings=1, about="" if number else "停车。", answered=True, request=number
        )  # fmt: skip
    seen = {login: calls_of(house.by(login)) for login in ("frontdesk", "cs_supervisor")}
    name(house, case, "cs_supervisor")
    assert {login: (rows.count(), figures_of_calls(rows, now=NOW).calls) for login, rows in seen.items()} == {
        "frontdesk": (2, 2), "cs_supervisor": (1, 1),
    }  # fmt: skip


def test_no_unread_message_about_it_is_counted(house: House) -> None:
    case, other, steward = complaint(house), complaint(house), house.by("steward").staff_id
    for each in (case, other):
        tell(staff=[steward], topic="request.urged", subject=each.subject, key=each.number, now=NOW)
    deliver(now=NOW)
    name(house, case, "steward")
    told = set(Message.objects.filter(staff=steward, read_at__isnull=True).values_list("subject", flat=True))
    assert (told, unread_count(steward)) == ({case.subject, other.subject}, 1)
