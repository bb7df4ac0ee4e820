"""What is filed by itself as work ends, by hand, found again, verified; nothing goes before its time or by one alone."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemu.access.tests.house import House, at, found_house
from hemu.attachments.models import KeptFile
from hemu.attachments.operations import erase_file, keep_file
from hemu.attachments.operations.storing import remove_bytes, write_bytes
from hemu.attachments.queries import bytes_of, verify_files
from hemu.attachments.tests.samples import jpeg
from hemu.duties.models import Duty
from hemu.filing.models import Disposal, Item
from hemu.filing.operations import (
    decide_disposal,
    file_by_hand,
    hold_item,
    propose_disposal,
    release_item,
    report_item,
)
from hemu.filing.queries import Asked, listed, scope_of, visible_to
from hemu.filing.queries_homes import home_file
from hemu.filing.queries_verifying import verify_archive
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Entry
from hemu.messaging.models import Outgoing
from hemu.notices.tests.test_notices import down, issued, post, works
from hemu.papers.operations import issue_paper, void_paper
from hemu.papers.tests.written import AT, approved
from hemu.reports.operations import publish_report
from hemu.reports.rules import REPORTS
from hemu.service_requests.tests.desk import Desk

pytestmark = pytest.mark.django_db
NOW, LATER = at("2026-10-12 10:00"), at("2032-01-04 10:00")


@pytest.fixture
def house() -> House:
    return found_house()


def refused(code: str, do: Any) -> None:
    before = (Entry.objects.count(), Item.objects.count(), KeptFile.objects.count())
    with pytest.raises(RuleViolation) as refusal:
        do()
    assert (refusal.value.code, Entry.objects.count(), Item.objects.count(), KeptFile.objects.count()) == (
        code,
        *before,
    )


def by_hand(house: House, login: str = "frontdesk", **asked: Any) -> Item:
    by = house.by(login)
    scan = keep_file(data=jpeg(), use="paper", by=by.key, now=NOW)
    said = {
        "file_class": "correspondence",
        "title": "街道来函",
        "dated": date(2026, 10, 9),
        "files": [str(scan.id)],
    }
    return file_by_hand(community=house.community, by=by, act=by.act(now=NOW), **{**said, **asked})


def entry_of(item: Item) -> Entry:
    return Entry.objects.get(kind="archive.item.filed", facts__item=item.id.hex)


# ── by itself, as the work ends ──────────────────────────────────────────────


def test_a_letter_is_filed_when_it_is_issued_and_one_to_the_committee_for_good(house: House) -> None:
    director = house.by("office_director")
    for to in ("各位业主", "和风花园业主委员会"):
        paper = approved(house, kind="letter", content={"title": "复函", "to": to, "body": "收到。"})
        issue_paper(document=paper.id, by=director, act=director.act(now=AT), mode="mark")
    committee, plain = Item.objects.order_by("file_class")
    assert [(each.file_class, each.number, each.keep_until) for each in (plain, committee)] == [
        ("correspondence", f"{house.community.code}-HJ-2026-0001", date(2036, 12, 31)),
        ("committee", f"{house.community.code}-YW-2026-0001", None),
    ]
    (file,) = plain.files.all()
    entry = entry_of(plain)
    assert (entry.subject, entry.clause, entry.actor) == (plain.subject, "OC-14", director.key)
    assert entry.facts["digests"] == [file.digest]
    assert (plain.title, plain.by_hand) == ("复函", False)


def test_a_notice_is_filed_with_its_photos_once_it_is_taken_down_and_keeps_nt_03(house: House) -> None:
    work = works(house)
    notice = issued(house, kind="outage", work=work)
    posting = post(house, notice)
    assert not Item.objects.exists()
    duty = Duty.objects.get(clause="NT-03")
    assert (duty.state, duty.subject) == ("open", work.subject)
    down(house, notice, posting, "2026-10-21 09:00")
    (item,) = Item.objects.all()
    assert (item.file_class, item.subject, item.files.count()) == ("notices", work.subject, 4)
    duty.refresh_from_db()
    assert (duty.state, duty.is_late) == ("fulfilled", True)
    assert Entry.objects.filter(kind="duty.late", facts__clause="NT-03").count() == 1


def test_taken_down_before_it_expires_keeps_nt_03_and_another_notice_does_not(house: House) -> None:
    work = works(house)
    first, second = (issued(house, kind="outage", work=work) for _ in range(2))
    places = [post(house, each) for each in (first, second)]
    down(house, first, places[0], "2026-10-14 09:00")
    rows = Duty.objects.filter(clause="NT-03")
    states = {each.facts["paper"]: each.state for each in rows}
    assert states == {str(first.document_id): "fulfilled", str(second.document_id): "open"}
    down(house, second, places[1], "2026-10-15 09:00")
    assert {each.state for each in rows.all()} == {"fulfilled"}


def test_a_notice_that_never_hung_is_filed_when_it_is_made_void(house: House) -> None:
    notice, director = issued(house), house.by("office_director")
    void_paper(document=notice.document_id, by=director, act=director.act(now=NOW), reason="改期。")
    assert [(each.title, each.files.count()) for each in Item.objects.all()] == [("停水通知", 1)]


def test_what_was_signed_of_a_case_is_filed_with_its_home_once(house: House) -> None:
    desk = Desk(house)
    case = desk.register("inquiry", when="2026-10-12 09:00")
    by = house.by("frontdesk")
    paper = keep_file(data=jpeg(), use="paper", by=by.key, now=NOW)
    desk.step(
        case, "frontdesk classify", "2026-10-12 09:10", trade="other", nature="routine", urgency="normal"
    )
    desk.step(case, "frontdesk refer", "2026-10-12 10:00", files=[str(paper.id)], to="街道办")
    desk.step(case, "steward inform", "2026-10-12 10:30")
    desk.step(case, "steward close", "2026-10-12 11:00")
    item = Item.objects.get()
    assert (item.file_class, item.home, item.paper_number) == ("cases", house.home, case.number)
    assert [each.digest for each in item.files.all()] == [paper.digest]


def test_a_published_report_is_filed_as_its_entry(house: House) -> None:
    by, report = house.by("cs_supervisor"), REPORTS["contacts"]
    entry = publish_report(
        report=report, community=house.community, on=at("2026-09-15 10:00"), by=by, act=by.act(now=NOW),
        words="平稳。", measures="照旧。",
    )  # fmt: skip
    item = Item.objects.get()
    assert (item.about, item.about_digest, item.files.count(), item.keep_until) == (
        entry.id,
        entry.digest,
        0,
        None,
    )


# ── by hand ──────────────────────────────────────────────────────────────────


def test_a_scan_is_filed_with_its_number_and_class(house: House) -> None:
    item = by_hand(house, paper_number="街发〔2026〕8号")
    assert (item.number, item.by_hand, item.filed_by) == (
        f"{house.community.code}-HJ-2026-0001",
        True,
        house.by("frontdesk").key,
    )
    entry = entry_of(item)
    assert (entry.subject, [each["use"] for each in entry.facts["files"]]) == (item.own_subject, ["paper"])
    assert verify_files().problems == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"file_class": "secret"}, "archive.unknown_class"),
        ({"file_class": "disposals"}, "archive.by_itself"),
        ({"piece": "identity"}, "archive.needs_home"),
        ({"piece": "diary"}, "archive.unknown_piece"),
        ({"title": "  "}, "archive.no_title"),
        ({"title": "长" * 121}, "archive.too_long"),
        ({"dated": None}, "archive.no_date"),
        ({"dated": date(2026, 10, 13)}, "archive.in_future"),
        ({"files": []}, "archive.no_file"),
        ({"files": ["no-such-file"]}, "file.not_found"),
    ],
)
def test_what_is_not_fit_to_be_filed_is_refused(house: House, asked: dict[str, Any], code: str) -> None:
    by = house.by("frontdesk")
    scan = keep_file(data=jpeg(), use="paper", by=by.key, now=NOW)
    said = {
        "file_class": "office",
        "title": "函",
        "dated": date(2026, 10, 9),
        "files": [str(scan.id)],
        **asked,
    }
    refused(code, lambda: file_by_hand(community=house.community, by=by, act=by.act(now=NOW), **said))


def test_a_home_s_file_says_what_is_missing(house: House) -> None:
    empty = home_file(house.home, by=None)
    assert (empty.items, empty.missing) == (
        [],
        ["handover", "household", "warranty", "identity", "inspection", "deed"],
    )
    by_hand(house, title="来信", home=house.home)
    item = by_hand(house, title="装修申报", home=house.home, piece="renovation")
    found = home_file(house.home, by=house.by("steward"))
    assert ([each.title for each in found.items], item.file_class) == (["装修申报", "来信"], "owner")
    assert found.missing[-2:] == ["deed", "completion"]


def test_reported_to_the_company_once(house: House) -> None:
    item, by = by_hand(house), house.by("office_director")
    report_item(item=item.id, by=by, act=by.act(now=NOW))
    assert Entry.objects.get(kind="archive.item.reported").facts["to"] == "operations"
    assert list(Outgoing.objects.values_list("staff_id", flat=True)) == [house.by("operations").staff_id]
    refused("archive.reported", lambda: report_item(item=item.id, by=by, act=by.act(now=NOW)))


# ── found again ──────────────────────────────────────────────────────────────


def test_found_by_words_number_day_class_and_home(house: House) -> None:
    letter = by_hand(house, title="街道办关于消防的来函", paper_number="街发〔2026〕8号")
    plan = by_hand(
        house, title="灭火器年检报告", dated=date(2026, 3, 1), file_class="office", home=house.home
    )
    scope = house.community.id

    def found(**asked: Any) -> list[UUID]:
        return [each.id for each in listed(scope, Asked(**asked), by=None)[0]]

    assert found() == [letter.id, plan.id]
    assert (
        found(words="消防")
        == found(words="街发〔2026〕8号")
        == found(words=letter.number.lower())
        == [letter.id]
    )
    assert found(words="火器 报告") == found(words="检") == found(home=house.home) == [plan.id]
    assert found(since=date(2026, 3, 2)) == found(file_class="correspondence") == [letter.id]
    assert (found(words="没有这样的"), found(words="\x00")) == ([], [letter.id, plan.id])


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_asks_the_same_for_one_item_and_for_three(house: House, count: int) -> None:
    for _ in range(count):
        by_hand(house, title="消防来函", home=house.home)
    with CaptureQueriesContext(connection) as asked:
        items, more, _cut = listed(house.community.id, Asked(words="消防来函"), by=house.by("frontdesk"))
        homes = [each.home.written for each in items if each.home]
    assert (len(homes), more, len(asked)) == (count, False, 6)


def test_pages_follow_each_other(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hemu.filing.queries.PAGE", 2)
    ids = [by_hand(house, dated=date(2026, 10, day)).id for day in (1, 2, 2, 2, 3)]
    seen, after = [], None
    while True:
        items, more, _cut = listed(house.community.id, Asked(), by=None, after=after)
        seen += [each.id for each in items]
        if not more:
            break
        after = (items[-1].dated, items[-1].id)
    assert seen == [ids[4], *sorted(ids[1:4], reverse=True), ids[0]]


def test_another_office_sees_nothing(house: House) -> None:
    item = by_hand(house)
    assert visible_to(house.by("office_director")).filter(id=item.id).exists()
    assert not visible_to(house.by("elsewhere")).exists()
    assert not visible_to(house.by("technician")).exists()


# ── nothing goes before its time ─────────────────────────────────────────────


def test_disposed_of_by_two_with_a_record_and_the_bytes_are_gone(
    house: House, django_capture_on_commit_callbacks: Any
) -> None:
    items = [by_hand(house, file_class="forms"), by_hand(house, file_class="forms", title="旧单据")]
    kept = [each.files.get().file for each in items]
    digests = sorted(each.digest for each in kept if each)
    one, other = house.by("cs_supervisor"), house.by("office_director")
    scope, ids = scope_of(house.community), [each.id for each in items]

    def propose(when: Any = LATER) -> Disposal:
        return propose_disposal(scope=scope, items=ids, by=one, act=one.act(now=when), reason="保存期已满。")

    refused("disposal.not_yet", lambda: propose(at("2031-12-31 23:00")))
    made = propose()
    refused("disposal.waiting", propose)
    refused(
        "disposal.own", lambda: decide_disposal(disposal=made.id, by=one, act=one.act(now=LATER), agree=True)
    )
    with django_capture_on_commit_callbacks(execute=True):
        decide_disposal(disposal=made.id, by=other, act=other.act(now=LATER), agree=True)
    assert [bytes_of(each.original_name) for each in kept if each] == [None, None]
    entry = Entry.objects.get(kind="archive.items.disposed")
    assert (sorted(entry.facts["digests"]), entry.proof) == (digests, "second")
    assert [(each.disposed_at, each.files.get().file) for each in Item.objects.filter(id__in=ids)] == [
        (LATER, None)
    ] * 2
    record = Item.objects.get(file_class="disposals")
    assert (record.keep_until, record.files.count(), record.subject) == (None, 1, made.subject)
    found = verify_archive(house.community.id)
    assert (found.items, found.files, found.disposed, found.problems) == (3, 1, 2, [])
    assert verify_files().problems == []


def test_what_is_held_stays_until_the_hold_is_lifted(house: House) -> None:
    item = by_hand(house, file_class="forms")
    clerk, one, other = house.by("frontdesk"), house.by("cs_supervisor"), house.by("office_director")
    scope = scope_of(house.community)

    def propose() -> Disposal:
        return propose_disposal(scope=scope, items=[item.id], by=one, act=one.act(now=LATER), reason="到期。")

    made = propose()
    hold_item(item=item.id, by=clerk, act=clerk.act(now=LATER), reason="正在打官司。")
    refused("disposal.not_yet", lambda: decide_disposal(
        disposal=made.id, by=other, act=other.act(now=LATER), agree=True))  # fmt: skip
    decide_disposal(disposal=made.id, by=other, act=other.act(now=LATER), agree=False, reason="有官司。")
    refused("disposal.not_yet", propose)
    refused(
        "access.denied",
        lambda: release_item(item=item.id, by=clerk, act=clerk.act(now=LATER), reason="完"),
    )
    release_item(item=item.id, by=other, act=other.act(now=LATER), reason="官司结了。")
    assert propose().state == "waiting"
    kinds = Entry.objects.filter(subject=item.own_subject).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["archive.item.filed", "archive.item.held", "archive.item.released"]


def test_nobody_erases_a_filed_file_and_verifying_finds_what_is_gone_or_changed(house: House) -> None:
    gone, changed = by_hand(house), by_hand(house, title="第二件")
    files = [each.files.get().file for each in (gone, changed)]
    for each in files:
        with pytest.raises(RuleViolation, match=r"file\.kept"):
            erase_file(file=each.id if each else UUID(int=0))
    assert verify_archive().problems == []
    first, second = (each.original_name for each in files if each)
    remove_bytes([first, second])
    write_bytes(second, b"other")
    found = {each["number"]: each["problem"] for each in verify_archive().problems}
    assert found == {gone.number: "missing", changed.number: "changed"}
