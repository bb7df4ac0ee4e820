"""Notices: approved and sealed as papers, posted and taken down with a photo, read by the homes they are for."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemu.access.tests.house import House, at, client, found_house
from hemu.attachments.operations import keep_file
from hemu.attachments.tests.samples import jpeg
from hemu.duties.models import Duty
from hemu.estate.operations import switch_clauses
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.moments import iso_local, office_day
from hemu.ledger.models import Entry
from hemu.notices.models import Notice, NoticeRead, Work
from hemu.notices.operations_notices import draft_notice, post_notice, read_notice, take_down
from hemu.notices.operations_works import plan_work
from hemu.notices.queries_notices import hanging_for, reach_of, state
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
    by, director = house.by("steward"), house.by("office_director")
    paper = submit_paper(document=notice.document_id, by=by, act=by.act(now=at(NOW)))
    digest = version_of(paper).digest
    decide(document=paper.id, by=director, act=director.act(now=at(NOW)), digest=digest, agree=True)
    issue_paper(document=paper.id, by=director, act=director.act(now=at(NOW)), mode="mark")
    notice.document.refresh_from_db()
    return notice


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
        ({"buildings": ["99"]}, "notice.unknown_building"), ({"title": ""}, "document.no_title"),
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
    theirs = issued(house, buildings=[house.home.building])
    post(house, everybody)
    post(house, theirs, when="2026-10-12 11:00")
    today = date(2026, 10, 12)
    assert [each.document_id for each in hanging_for([house.home], today=today)] == [
        theirs.document_id, everybody.document_id,
    ]  # fmt: skip
    assert (
        hanging_for([house.home], today=date(2026, 10, 17))
        == hanging_for([house.other_home], today=today)
        == []
    )
    for _ in range(2):
        read_notice(notice=theirs, homes=[house.home, house.other_home], now=at(NOW))
    assert NoticeRead.objects.count() == 1
    homes = house.community.homes.count()
    reach = reach_of(house.community, [], on=today)
    assert (reach["homes"], 0 < reach["phones"] <= homes) == (homes, True)


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
