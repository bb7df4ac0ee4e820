"""Notices: approved and sealed as papers, posted and taken down with a photo, read by the homes they are for."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemu.access.tests.house import House, at, client, found_house
from hemu.attachments.operations import keep_file
from hemu.attachments.tests.samples import jpeg
from hemu.duties.models import Duty
from hemu.estate.models import Tie
from hemu.estate.operations import switch_clauses
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.moments import iso_local, office_day
from hemu.ledger.models import Entry
from hemu.messaging.models import Outgoing
from hemu.notices.models import Notice, NoticeRead, Work
from hemu.notices.operations_notices import (
    correct_notice,
    draft_notice,
    post_notice,
    read_notice,
    take_down,
)
from hemu.notices.operations_works import Times, plan_work, take_work_step
from hemu.notices.queries_notices import audience_of, reach_of, shown_to, state, successors
from hemu.papers.operations import decide, issue_paper, submit_paper
from hemu.papers.queries import version_of

pytestmark = pytest.mark.django_db
NOW = "2026-10-12 10:00"
DAYS = {"since": date(2026, 10, 12), "until": date(2026, 10, 16)}


@pytest.fixture
def house() -> House:
    return found_house()


def works(house: House, kind: str = "outage") -> Work:
    by = house.by("steward")
    return plan_work(
        community=house.community, kind=kind, place="全小区", starts=at("2026-10-15 09:00"), ends=at("2026-10-15 12:00"),
        by=by, act=by.act(now=at(NOW)), words="清洗水箱。",
    )  # fmt: skip


def drafted(house: House, **asked: object) -> Notice:
    by = house.by("steward")
    said: dict[str, object] = {"kind": "general", "title": "停水通知", "body": "明天停水。", **DAYS, **asked}
    return draft_notice(community=house.community, by=by, act=by.act(now=at(NOW)), **said)  # type: ignore[arg-type]


def issued(house: House, **asked: object) -> Notice:
    notice = drafted(house, **asked)
    approve(house, notice)
    seal(house, notice.document_id, mode="scan" if notice.kind == "outage" else "mark")
    notice.document.refresh_from_db()
    return notice


def approve(house: House, notice: Notice) -> None:
    by, director = house.by("steward"), house.by("office_director")
    paper = submit_paper(document=notice.document_id, by=by, act=by.act(now=at(NOW)))
    digest = version_of(paper).digest
    decide(document=paper.id, by=director, act=director.act(now=at(NOW)), digest=digest, agree=True)


def seal(house: House, document: UUID, mode: str) -> None:
    by = house.by("office_director")
    scan = UUID(photo(house, "office_director")[0]) if mode == "scan" else None
    issue_paper(document=document, by=by, act=by.act(now=at(NOW)), mode=mode, scans=[scan] if scan else [])


def photo(house: House, login: str = "steward") -> list[str]:
    return [str(keep_file(data=jpeg(), use="photo", by=house.by(login).key, now=at(NOW)).id)]


def post(house: House, notice: Notice, place: str = "东门公告栏", when: str = NOW) -> int:
    by = house.by("steward")
    act = by.act(now=at(when))
    return post_notice(document=notice.document_id, place=place, by=by, act=act, files=photo(house)).id


def down(house: House, notice: Notice, posting: int, when: str = NOW) -> Entry:
    by = house.by("steward")
    act = by.act(now=at(when))
    return take_down(posting=posting, document=notice.document_id, by=by, act=act, files=photo(house))


def owed(subject: str) -> dict[str, tuple[str, str]]:
    rows = Duty.objects.filter(subject=subject)
    return {
        each.clause: (each.state, str(iso_local(each.due_at))[:16] if each.due_at else "") for each in rows
    }


def test_the_notice_of_works_is_approved_posted_and_taken_down(house: House) -> None:
    switch_clauses(community=house.community, what=["NT-03"], since=date(2026, 10, 1), on=True, now=at(NOW))
    work = works(house)
    notice = issued(house, kind="outage", work=work)
    assert owed(work.subject) == {"NT-06": ("open", "2026-10-14T23:59"), "NT-02": ("fulfilled", "")}
    first, second = post(house, notice), post(house, notice, "3栋大堂")
    assert owed(work.subject)["NT-06"][0] == "fulfilled"
    assert owed(work.subject)["NT-03"] == (
        "open",
        "2026-10-19T23:59",
    )  # expires with Friday, the next working day is Monday
    notice.refresh_from_db()
    assert [state(notice, today=date(2026, 10, day)) for day in (16, 17)] == ["posted", "expired"]
    down(house, notice, first, "2026-10-17 09:00")
    assert not Notice.objects.get(document=notice.document_id).withdrawn_at
    down(house, notice, second, "2026-10-17 09:30")
    notice.refresh_from_db()
    assert state(notice, today=date(2026, 10, 17)) == "withdrawn"
    kinds = Entry.objects.filter(subject=work.subject, kind__startswith="notice.").order_by("seq")
    assert [each.kind for each in kinds] == [
        "notice.drafted", "notice.approved", "notice.posted", "notice.posted_further", "notice.taken_down",
        "notice.withdrawn",
    ]  # fmt: skip


def test_what_is_neither_sealed_nor_shown_is_not_posted(house: House) -> None:
    by = house.by("steward")
    asked = {"by": by, "act": by.act(now=at(NOW)), "place": "东门", "files": []}
    draft = drafted(house)
    for document, code, more in [
        (draft.document_id, "notice.not_issued", {}),
        (issued(house).document_id, "notice.needs_photo", {}),
        (issued(house).document_id, "notice.no_place", {"place": " "}),
        (issued(house).document_id, "notice.days_over", {"act": by.act(now=at("2026-10-17 10:00"))}),
        (issued(house).document_id, "notice.not_found", {"by": house.by("elsewhere")}),
    ]:  # fmt: skip
        with pytest.raises(RuleViolation) as refused:
            post_notice(document=document, **{**asked, **more})  # type: ignore[arg-type, dict-item]
        assert refused.value.code == code
    assert not Entry.objects.filter(kind="notice.posted").exists()


def test_a_notice_hangs_once_at_a_place_and_comes_down_once(house: House) -> None:
    notice = issued(house)
    posting = post(house, notice)
    with pytest.raises(RuleViolation, match=r"notice\.place_taken"):
        post(house, notice)
    down(house, notice, posting)
    for not_there in (posting, 0):
        with pytest.raises(RuleViolation, match=r"notice\.not_there"):
            down(house, notice, not_there)
    with pytest.raises(RuleViolation, match=r"notice\.withdrawn"):
        post(house, notice, "西门")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"kind": "party"}, "notice.unknown_kind"), ({"channels": []}, "notice.no_channel"),
        ({"channels": ["pigeon"]}, "notice.unknown_channel"), ({"since": None}, "notice.no_days"),
        ({"until": date(2026, 10, 1)}, "notice.days_over"), ({"until": date(2028, 1, 1)}, "notice.hangs_too_long"),
        ({"audience": ["1", "99"]}, "notice.unknown_building"), ({"roles": ["guest"]}, "notice.unknown_role"),
        ({"title": ""}, "document.no_title"),
    ],
)  # fmt: skip
def test_a_refused_draft_writes_nothing(house: House, asked: dict[str, object], code: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(RuleViolation) as refused:
        drafted(house, **asked)
    assert (refused.value.code, Notice.objects.count(), Entry.objects.count()) == (code, 0, before)


def test_consent_to_a_broadcast_is_owed_and_given_by_the_directors_approval(house: House) -> None:
    notice = drafted(house, kind="emergency", channels=["broadcast"])
    assert set(owed(notice.subject)) == {"NT-02", "NT-04"}
    again = issued(house, kind="emergency", channels=["broadcast"])
    assert {name: found[0] for name, found in owed(again.subject).items()} == {
        "NT-02": "fulfilled",
        "NT-04": "fulfilled",
    }


def test_a_notice_is_seen_and_read_by_the_homes_it_is_for(house: House) -> None:
    everybody = issued(house)
    theirs = issued(house, audience=["1-2"], roles=["owner"])
    for other in ({"audience": ["1-2-302"]}, {"roles": ["tenant"]}):
        post(house, issued(house, **other))
    post(house, everybody)
    post(house, theirs, when="2026-10-12 11:00")
    today = date(2026, 10, 12)
    ties = list(Tie.objects.filter(home=house.home).select_related("home"))
    assert [each.document_id for each in shown_to(ties, today=today)] == [
        theirs.document_id, everybody.document_id,
    ]  # fmt: skip
    assert shown_to(ties, today=date(2026, 10, 17)) == shown_to([], today=today) == []
    for _ in range(2):
        read_notice(notice=theirs, homes=[house.home, house.other_home], now=at(NOW))
    assert NoticeRead.objects.count() == 1


def test_whom_a_notice_reaches_is_counted_by_each_way(house: House) -> None:
    """Of the two homes one has a number; the other is lived in, later empty; a tie that ended counts no more."""
    today = date(2026, 10, 12)

    def reach(*parts: str, roles: tuple[str, ...] = (), on: date = today) -> dict[str, int]:
        found = reach_of(house.community, audience_of(house.community, parts, roles), on=on)
        return {name: count for name, count in found.items() if count}

    assert reach() == reach("1") == reach("1-2") == {"homes": 2, "phones": 1, "boxes": 1}
    assert reach("1-2-302", "1-2-301") == {"homes": 2, "phones": 1, "boxes": 1}
    assert reach("1-2-301") == reach(roles=("owner",)) == {"homes": 1, "phones": 1}
    assert reach(roles=("tenant",)) == {}
    house.community.homes.filter(room="302").update(occupancy="vacant")
    assert reach() == {"homes": 2, "phones": 1, "nobody": 1}
    Tie.objects.filter(home=house.home).update(until=today)
    assert reach(on=date(2026, 10, 13)) == {"homes": 2, "boxes": 1, "nobody": 1}


def test_of_stopped_water_only_a_sealed_sheet_tells(house: House) -> None:
    """The law on electronic signatures leaves such notices out (art. 3)."""
    notice = drafted(house, kind="outage")
    approve(house, notice)
    with pytest.raises(RuleViolation, match=r"notice\.needs_sealed_sheet"):
        seal(house, notice.document_id, "mark")


def test_what_owners_read_by_phone_is_frozen_and_corrected_by_a_new_issue(house: House) -> None:
    old = issued(house, channels=["app"], audience=["1-2"], places=["东门"])
    old.refresh_from_db()
    assert old.published_at == at(NOW)
    by = house.by("steward")
    act = by.act(now=at(NOW))
    with pytest.raises(RuleViolation, match=r"notice\.not_found"):
        correct_notice(document=UUID(int=0), body="后天停水。", by=by, act=act)
    made = correct_notice(document=old.document_id, body="后天停水。", by=by, act=act)
    assert (made.document.title, made.document.replaces_id, made.audience, made.until) == (
        "更正：停水通知", old.document_id, old.audience, old.until,
    )  # fmt: skip
    with pytest.raises(RuleViolation, match=r"notice\.replaced"):
        correct_notice(document=old.document_id, body="后天停水。", by=by, act=act)
    assert successors([old.document_id]) == {}
    approve(house, made)
    seal(house, made.document_id, "mark")
    assert successors([old.document_id]) == {old.document_id: made.document}


@pytest.mark.parametrize(
    ("login", "step", "says"),
    [
        ("technician", "run_over", "全小区的作业延长到10月15日15:00。"),
        ("steward", "call_off", "全小区的作业取消，原来的通知作废。"),
        ("steward", "move", "全小区的作业改期，原来通知的时间作废。"),
    ],
)
def test_changed_works_draft_the_correction_of_what_was_told(
    house: House, login: str, step: str, says: str
) -> None:
    work = works(house)
    by = house.by(login)
    when, ends = at("2026-10-15 10:00"), at("2026-10-15 15:00")
    change = {"work": work.id, "step": step, "by": by, "act": by.act(now=when), "words": "水箱大。",
              "times": Times(at("2026-10-15 11:00") if step == "move" else None, ends)}  # fmt: skip
    told = issued(house, kind="outage", work=work)
    take_work_step(**change)  # type: ignore[arg-type]
    made = Notice.objects.select_related("document").get(document__replaces=told.document_id)
    body = version_of(made.document).content["body"]
    assert (says in body, body.startswith(told.document.number)) == (True, True)
    assert (made.document.state, made.document.drafted_by_id, made.subject) == (
        "draft", by.staff_id, work.subject,
    )  # fmt: skip
    people = {by.staff_id, house.by("steward").staff_id}
    assert set(Outgoing.objects.filter(topic="paper.to_correct").values_list("staff", flat=True)) == people


def test_works_that_nobody_was_told_of_need_no_correction(house: House) -> None:
    work = works(house)
    drafted(house, kind="outage", work=work)
    by = house.by("steward")
    take_work_step(work=work.id, step="call_off", by=by, act=by.act(now=at(NOW)), words="不做了。")
    assert not Notice.objects.filter(document__replaces__isnull=False).exists()


def test_pages_draft_from_works_and_show_where_it_hangs(house: House) -> None:
    work, desk = works(house), client("steward")
    form = desk.get(reverse("notice_new"), {"work": str(work.id)}).content.decode()
    assert "关于全小区停水停电的通知" in form
    assert "10月15日09:00至10月15日12:00" in form
    wrong = desk.post(reverse("notice_new"), {"community": str(house.community.id), "key": "k0"})
    assert wrong.status_code == 422
    today = office_day(clock.now())
    notice = issued(house, since=today, until=today + timedelta(days=5))
    page = reverse("notice", args=[notice.document_id])
    assert "待张贴" in desk.get(page).content.decode()
    posted = desk.post(reverse("notice_post", args=[notice.document_id]), {"place": "东门", "key": "k1"})
    assert (posted.status_code, "请在现场拍一张照片。" in posted.content.decode()) == (422, True)
    post(house, notice)
    assert "东门公告栏" in desk.get(page).content.decode()
    assert client("elsewhere").get(page).status_code == 404
    assert Client().get(page).status_code == 302


def test_the_list_asks_the_same_for_one_and_for_three(house: House) -> None:
    counts = []
    for more in (1, 2):
        for _ in range(more):
            drafted(house)
        desk = client("steward")
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(reverse("notices")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
