"""Importing into a real database: all good rows or none, the same file again, a sale, the hand, the desk."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from hemu.estate.models import Community, Home, Person, Phone, RosterFile, RosterImport, StagedRow, Tie
from hemu.estate.operations import open_community
from hemu.estate.roster import staging, writing
from hemu.estate.roster.changes import Answer
from hemu.estate.roster.operations import (
    CLAIM,
    answer_questions,
    begin_import,
    claim,
    claim_import,
    discard_import,
    import_roster,
    order_writing,
    work_on,
)
from hemu.estate.roster.queries import is_parked, preview_rows
from hemu.estate.roster.writing import Compared
from hemu.estate.tasks import work_on_rosters
from hemu.foundation.errors import RuleViolation
from hemu.infra.troubles import TRY_AFTER, retry, troubles
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.ledger.queries import verify

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ACT = Act("staff:x", NOW, NOW)
HEAD = ["房号", "面积", "业主姓名", "联系电话", "状态", "备注", "租户", "租户电话", "收楼日期"]
MARCH = [
    ["1-1-101", "90.5", "甲某、乙某", "19900000001/19900000002", "自住", "残疾", "", "", "2016-09-14"],
    ["1-1-102", "80", "丙某", "19900000003", "出租", "", "丁某", "19900000004", ""],
    ["1-1-103", "80", "某某有限公司", "", "办公", "", "", "", ""],
    ["1-1-104", "80", "某某有限公司", "0755-12345678", "空置", "", "", "", ""],
    ["1-1-105", "80", "丙某", "19900000003", "自住", "", "", "", ""],
]


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "PAUSE_SECONDS", 0)


def csv(*rows: Sequence[str]) -> bytes:
    return "\n".join(";".join(row) for row in (HEAD, *rows)).encode()


def brought_in(*rows: Sequence[str], dry_run: bool = False) -> Compared:
    return import_roster(csv(*(rows or MARCH)), "名册.csv", name="云锦苑", act=ACT, dry_run=dry_run)


def figures(compared: Compared) -> tuple[int, int, int]:
    return compared.counts["created"], compared.counts["updated"], compared.counts["unchanged"]


def rows_of_everything() -> dict[str, list[Any]]:
    tables = (Home, Person, Phone, Tie, Entry, StagedRow)
    return {table.__name__: list(table._default_manager.order_by("pk").values()) for table in tables}


def test_a_roster_creates_its_community_homes_and_people() -> None:
    compared = brought_in()
    assert figures(compared) == (5, 0, 0)
    assert {name: compared.counts[name] for name in ("rows", "homes", "households", "people")} == {
        "rows": 5, "homes": 5, "households": 5, "people": 5,
    }  # fmt: skip
    home = Home.objects.get(community__name="云锦苑", written="1-1-101")
    assert (home.building, home.unit, home.room, home.floor) == ("1", "1", "101", 1)
    assert (home.area_centi, home.occupancy, home.flags) == (9050, "occupied", ["disabled"])
    assert home.handed_over_on == date(2016, 9, 14)
    assert list(home.ties.order_by("id").values_list("person__name", "kind", "since", "until")) == [
        ("甲某", "owner", None, None), ("乙某", "co_owner", None, None),
    ]  # fmt: skip
    assert list(Person.objects.order_by("id").values_list("name", "initials", "is_company")) == [
        ("甲某", "jm", False), ("乙某", "ym", False), ("丙某", "bm", False), ("丁某", "dm", False), ("某某有限公司", "mmyxgs", True),
    ]  # fmt: skip
    assert Person.objects.get(name="丙某").ties.count() == 2
    assert list(Phone.objects.order_by("number").values_list("person__name", "number", "position")) == [
        ("某某有限公司", "075512345678", 0), ("甲某", "19900000001", 0), ("乙某", "19900000002", 0),
        ("丙某", "19900000003", 0), ("丁某", "19900000004", 0),
    ]  # fmt: skip


def test_one_entry_says_that_a_roster_came_and_the_book_verifies() -> None:
    compared = brought_in()
    entry = Entry.objects.get(kind="roster.imported")
    community = Community.objects.get(name="云锦苑")
    assert (entry.book_id, entry.subject) == (community.book_id, f"community:{community.id}")
    assert entry.facts == {
        "file": compared.roster.digest, "rows": 5, "homes": 5, "people": 5, "created": 5, "updated": 0,
        "unchanged": 0, "refused": 0, "ended": 0,
    }  # fmt: skip
    assert entry.words_row.words == {"filename": "名册.csv"}
    assert verify(now=NOW).ok


def test_the_same_file_again_changes_nothing() -> None:
    brought_in()
    before = rows_of_everything()
    assert figures(brought_in()) == (0, 0, 5)
    assert rows_of_everything() == before


def test_a_dry_run_writes_nothing_not_even_the_community() -> None:
    assert figures(brought_in(dry_run=True)) == (5, 0, 0)
    assert (Community.objects.count(), RosterImport.objects.count()) == (0, 0)


def test_a_refused_file_opens_no_community() -> None:
    with pytest.raises(RuleViolation, match="no_header"):
        import_roster(b"x,y\n1,2\n", "x.csv", name="云锦苑", act=ACT)
    assert Community.objects.count() == 0


def test_good_rows_go_in_and_refused_ones_do_not() -> None:
    compared = brought_in(MARCH[0], ["天上", "1", "戊某", "", "", "", "", "", ""])
    assert [line["row"] for line in compared.refused] == [3]
    assert list(Home.objects.values_list("written", flat=True)) == ["1-1-101"]


def test_next_month_updates_what_changed() -> None:
    brought_in()
    april = [
        "1-1-101",
        "91",
        "甲某、乙某",
        "19900000001/19900000009",
        "出租",
        "残疾、独居老人",
        "戊某",
        "19900000005",
        "",
    ]
    assert figures(brought_in(april)) == (0, 1, 0)
    home = Home.objects.get(written="1-1-101")
    assert (home.area_centi, home.occupancy, home.flags) == (9100, "let", ["disabled", "lives_alone"])
    assert home.imported["area_centi"] == 9100
    assert list(Phone.objects.filter(person__name="乙某").order_by("position").values_list("number", "position")) == [
        ("19900000002", 0), ("19900000009", 1),
    ]  # fmt: skip
    assert Tie.objects.get(home=home, kind="tenant").person.name == "戊某"
    assert Home.objects.count() == 5


def test_what_the_hand_mended_stays() -> None:
    brought_in()
    Home.objects.filter(written="1-1-101").update(area_centi=9999)
    compared = brought_in()
    assert figures(compared) == (0, 0, 5)
    assert [(home, change.before, change.after) for home, change in compared.plan.kept] == [
        ("1-1-101", 9999, 9050)
    ]
    assert Home.objects.get(written="1-1-101").area_centi == 9999


def test_a_known_person_is_not_entered_twice() -> None:
    brought_in()
    brought_in(
        ["1-1-106", "70", "丙某", "19900000003", "", "", "", "", ""],
        ["1-1-107", "70", "某某有限公司", "", "", "", "", "", ""],
    )
    assert (Person.objects.count(), Person.objects.get(name="丙某").ties.count()) == (5, 3)


def uploaded(*rows: Sequence[str]) -> RosterImport:
    community = open_community(name="云锦苑", now=NOW)
    return begin_import(community=community, filename="名册.csv", content=csv(*(rows or MARCH)), act=ACT)


def worked(row: RosterImport) -> RosterImport:
    while work_on_rosters(NOW):
        pass
    row.refresh_from_db()
    return row


def test_an_upload_is_read_previewed_written_and_its_file_goes() -> None:
    row = worked(uploaded(*MARCH, ["天上", "1", "戊某", "", "", "", "", "", ""]))
    assert (row.state, row.counts["created"], row.counts["refused"]) == ("preview", 5, 1)
    assert Home.objects.count() == 0
    assert preview_rows(row, "created", limit=1) == [
        {"home": "1-1-101", "people": ["甲某", "乙某"], "area_centi": 9050, "occupancy": "occupied"}
    ]
    order_writing(row=row, answers={})
    row = worked(row)
    assert (row.state, row.done, row.total, row.claimed_until) == ("done", 22, 22, None)
    assert (Home.objects.count(), RosterFile.objects.count()) == (5, 0)
    assert set(StagedRow.objects.values_list("section", flat=True)) == {"refused"}


def test_a_sale_ends_the_old_tie_on_the_day_with_an_entry() -> None:
    brought_in()
    row = worked(uploaded(["1-1-102", "", "己某", "19900000006", "", "", "", "", ""]))
    assert preview_rows(row, "question") == [
        {"home": "1-1-102", "before": ["丙某"], "after": ["己某"], "guess": "sold"}
    ]
    answer_questions(row=row, answers={"1-1-102": Answer("spelling")})
    order_writing(row=row, answers={"1-1-102": Answer("sold", date(2026, 3, 1))})
    assert worked(row).state == "done"
    ties = Tie.objects.filter(home__written="1-1-102")
    assert set(ties.values_list("person__name", "kind", "since", "until")) == {
        ("丙某", "owner", None, date(2026, 3, 1)), ("丁某", "tenant", None, None), ("己某", "owner", date(2026, 3, 1), None),
    }  # fmt: skip
    old = ties.get(person__name="丙某")
    entry = Entry.objects.get(kind="tie.ended")
    assert (entry.subject, entry.facts) == (
        f"owner:{old.person_id}",
        {"tie": str(old.id), "home": str(old.home_id), "kind": "owner", "on": "2026-03-01"},
    )
    assert Person.objects.get(name="丙某").ties.filter(until__isnull=True).get().home.written == "1-1-105"


def test_a_spelling_renames_the_person() -> None:
    brought_in()
    row = worked(uploaded(["1-1-102", "", "丙谋", "19900000003", "", "", "", "", ""]))
    order_writing(row=row, answers={"1-1-102": Answer("spelling")})
    assert worked(row).state == "done"
    assert list(Person.objects.filter(ties__home__written="1-1-102", ties__kind="owner").values_list("name", "initials")) == [
        ("丙谋", "bm")
    ]  # fmt: skip
    assert Entry.objects.filter(kind="tie.ended").count() == 0


def test_without_an_answer_the_owner_stays_and_the_rest_goes_in() -> None:
    brought_in()
    compared = brought_in(["1-1-102", "81", "己某", "19900000006", "", "", "", "", ""])
    assert figures(compared) == (0, 1, 0)
    assert [line["code"] for line in compared.warnings if line["code"] == "roster.owner_asked"] == [
        "roster.owner_asked"
    ]
    assert Home.objects.get(written="1-1-102").area_centi == 8100
    assert not Person.objects.filter(name="己某").exists()


def test_an_impossible_sale_leads_back_to_the_preview_with_the_reason() -> None:
    brought_in()
    Tie.objects.filter(home__written="1-1-102", kind="owner").update(since=date(2026, 3, 2))
    row = worked(uploaded(["1-1-102", "", "己某", "", "", "", "", "", ""]))
    order_writing(row=row, answers={"1-1-102": Answer("sold", date(2026, 3, 1))})
    row = worked(row)
    assert (row.state, row.refusal, row.answers) == (
        "preview", {"code": "roster.sold_before_bought", "params": {"home": "1-1-102"}}, {},
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "meanwhile", ["home added", "home changed", "home gone", "tie ended", "person renamed"]
)
def test_what_changed_since_it_was_read_stops_everything(
    meanwhile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_in()
    real = staging.stage_drafts

    def then(row: RosterImport, *args: Any) -> None:
        real(row, *args)
        if meanwhile == "home added":
            Home.objects.create(id=row.id, community=row.community, building="9", room="901", written="9-901")
        elif meanwhile == "home changed":
            Home.objects.filter(written="1-1-102").update(remark="手工")
        elif meanwhile == "home gone":
            Home.objects.filter(written="1-1-102").delete()
        elif meanwhile == "tie ended":
            Tie.objects.filter(home__written="1-1-103").update(until=date(2026, 1, 1))
        else:
            Person.objects.filter(ties__home__written="1-1-105").update(name="手工")

    rows = [
        ["9-901", "", "", "", "", "", "", "", ""],
        ["1-1-102", "81", "丙某", "", "", "", "", "", ""],
        ["1-1-103", "", "庚某", "", "", "", "", "", ""],
        ["1-1-105", "", "丙谋", "19900000003", "", "", "", "", ""],
    ]
    row = worked(uploaded(*rows))
    order_writing(
        row=row, answers={"1-1-103": Answer("sold", date(2026, 3, 1)), "1-1-105": Answer("spelling")}
    )
    monkeypatch.setattr(writing, "stage_drafts", then)
    claimed = claim_import(NOW)
    assert claimed is not None
    work_on(claimed, NOW)
    row.refresh_from_db()
    assert (row.state, row.refusal["code"]) == ("reading", "roster.changed_meanwhile")
    assert not Person.objects.filter(name__in=["庚某", "丙谋"]).exists()
    assert Entry.objects.filter(kind="roster.imported").count() == 1
    assert StagedRow.objects.filter(section__in=staging.TABLES).count() == 0


def test_of_two_workers_one_gets_an_import_and_a_dead_ones_comes_free() -> None:
    row = uploaded()
    assert (claim(row, NOW), claim(row, NOW)) == (True, False)
    assert claim_import(NOW) is None
    lapsed = NOW + CLAIM + timedelta(seconds=1)
    assert claim_import(lapsed) is None  # its worker vanished: it rests a minute, as any work that failed
    assert [(each.kind, each.error, each.tries) for each in troubles()] == [("roster", "WorkerLost", 1)]
    row = claim_import(lapsed + TRY_AFTER[0]) or row
    work_on(row, lapsed)
    assert (RosterImport.objects.get().state, troubles()) == ("preview", [])


def test_a_file_that_kills_each_worker_is_parked_and_given_up_by_a_person() -> None:
    row, now, tries = uploaded(), NOW, 0
    while not is_parked(row):
        tries += claim_import(now) is not None
        now += CLAIM + timedelta(seconds=1)
    assert (tries, troubles()[0].tries) == (5, 5)
    assert claim_import(now + timedelta(days=30)) is None
    assert retry(kind="roster", key=row.id.hex, now=now)
    assert (is_parked(row), claim_import(now)) == (False, row)
    for _ in range(15):
        now += CLAIM + timedelta(seconds=1)
        claim_import(now)
    discard_import(row=row, now=now)
    assert (RosterImport.objects.get().state, troubles(), RosterFile.objects.count()) == ("discarded", [], 0)


def test_a_file_that_is_refused_fails_with_its_reason_and_goes() -> None:
    community = open_community(name="云锦苑", now=NOW)
    row = worked(begin_import(community=community, filename="x.csv", content=b"x,y\n1,2", act=ACT))
    assert (row.state, row.refusal) == ("failed", {"code": "roster.no_header", "params": {}})
    assert RosterFile.objects.count() == 0


def test_whatever_goes_wrong_the_page_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    row = uploaded()
    monkeypatch.setattr(
        "hemu.estate.roster.operations.parse_roster", lambda *args, **more: io.BytesIO().fileno()
    )
    assert (worked(row).state, row.refusal["code"]) == ("failed", "roster.failed")


def test_a_discarded_preview_leaves_nothing() -> None:
    row = worked(uploaded())
    discard_import(row=row, now=NOW)
    assert (StagedRow.objects.count(), RosterFile.objects.count()) == (0, 0)
    with pytest.raises(RuleViolation, match="not_in_preview"):
        order_writing(row=row, answers={})
