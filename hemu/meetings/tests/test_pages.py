"""The pages of meetings: the back-planner, a meeting from plan to record, and what owners and members see on a phone."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemu.access.tests.house import House, at, client, standing_at
from hemu.infra import clock
from hemu.meetings.models import Meeting, Opinion
from hemu.meetings.operations import ask_to_postpone, hand_in_minutes, hold_meeting, invite, sign_in
from hemu.meetings.queries import received, to_answer
from hemu.meetings.queries_minutes import digest_of
from hemu.meetings.queries_planning import period_subject
from hemu.meetings.tests.committee import (
    MEETS,
    PHONES,
    approved,
    doing,
    found_committee,
    logged_in,
    photo,
    scheduled,
    seat,
    told,
    with_topic,
)
from hemu.meetings.web.links import meeting_url

pytestmark = pytest.mark.django_db
standing = standing_at(at("2026-11-06 10:00"), autouse=True)
HELD = "2026-12-10 16:30"


@pytest.fixture
def house() -> House:
    return found_committee()


def page(browser: Client, name: str, *args: Any, **asked: str) -> str:
    answer = browser.get(reverse(name, args=args), asked)
    assert answer.status_code == 200, name
    return answer.content.decode()


def test_the_back_planner_says_in_one_look_what_is_too_late_and_which_day_works(house: House) -> None:
    desk, where = client("office_director"), {"community": str(house.community.id), "kind": "routine"}
    late_day = page(desk, "meeting_plan", **where, date="2026-11-20")
    assert all(said in late_day for said in ("5 步来不及", "2026年11月26日", "过了 6 天", "date=2026-11-26"))
    good_day = page(desk, "meeting_plan", **where, date="2026-12-20")
    assert "步来不及" not in good_day
    assert "还有 24 天" in good_day
    planned = desk.post(
        reverse("meeting_plan"),
        {**where, "date": "2026-12-20", "clock": "15:00", "place": "会议室", "key": "k"},
    )
    meeting = Meeting.objects.get()
    assert planned.headers["Location"] == reverse("meeting", args=[meeting.id])
    assert (meeting.starts_at, meeting.place) == (at("2026-12-20 15:00"), "会议室")
    refused = desk.post(
        reverse("meeting_plan"), {**where, "date": "2026-12-20", "clock": "15:00", "key": "k2"}
    )
    assert (refused.status_code, "写明在哪里开。" in refused.content.decode()) == (422, True)


def test_the_leader_answers_on_the_page_of_the_meeting(house: House) -> None:
    meeting = scheduled(house)
    ask_to_postpone(meeting=meeting.id, starts=at("2027-01-15 15:00"), words="换届。", **doing(house))
    url = reverse("meeting_consent", args=[meeting.id])
    assert client("office_director").post(url, {"agree": "1", "key": "a"}).status_code == 403
    assert "申请延期到 2027年1月15日" in page(client("company_leader"), "meeting", meeting.id)
    assert client("company_leader").post(url, {"agree": "1", "key": "b", "version": "2"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.starts_at == at("2027-01-15 15:00")


def test_the_page_of_the_meeting_takes_each_step_and_shows_a_refusal(house: House) -> None:
    meeting, desk = scheduled(house), client("office_director")
    url = reverse("meeting_step", args=[meeting.id])
    topic = {"community": str(house.community.id), "meeting": str(meeting.id), "matter": "budget", "key": "t"}
    desk.post(reverse("meeting_topic"), {**topic, "title": "年度预算", "text": "见附件。"})
    assert desk.post(url, {"step": "agenda", "places": "东门", "key": "1"}).status_code == 302
    assert desk.post(url, {"step": "invite", "key": "2"}).status_code == 302
    refused = desk.post(url, {"step": "hold", "key": "3"})
    assert (refused.status_code, "会议还没有开始。" in refused.content.decode()) == (422, True)
    unknown = desk.post(url, {"step": "dance", "key": "4"})
    assert unknown.status_code == 422
    shown = page(desk, "meeting", meeting.id)
    assert all(said in shown for said in ("年度预算", "等审批、盖章", "已邀请", "倒推表"))
    assert client("elsewhere").get(reverse("meeting", args=[meeting.id])).status_code == 404
    assert client("technician").get(reverse("meeting", args=[meeting.id])).status_code == 403


def test_in_the_meeting_words_and_decisions_are_kept_one_by_one(house: House) -> None:
    meeting = scheduled(house, starts=at("2026-11-06 11:00"))
    topic, desk = with_topic(house, meeting), client("office_director")
    url, back = reverse("meeting_step", args=[meeting.id]), {"back": "record", "topic": str(topic.id)}
    desk.post(url, {"step": "note", "text": "三方比价。", "key": "1", **back})
    made = {
        "kind": "resolution",
        "text": "月底前做完。",
        "to": house.by("steward").key,
        "do_by": "2026-12-31",
    }
    desk.post(url, {"step": "decide", "key": "2", **back, **made})
    shown = page(desk, "meeting_record", meeting.id)
    assert all(said in shown for said in ("三方比价。", "月底前做完。", "2026-12-31", "散会"))
    refused = desk.post(url, {"step": "decide", "key": "3", **back, **made, "text": ""})
    assert refused.status_code == 422


def test_a_calendar_file_holds_time_place_and_topics(house: House) -> None:
    meeting = scheduled(house)
    with_topic(house, meeting)
    answer = client("office_director").get(reverse("meeting_calendar", args=[meeting.id]))
    text = answer.content.decode()
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(said in text for said in ("DTSTART:20261210T070000Z", "LOCATION:社区会议室", meeting.id.hex))
    assert "示例" not in text


def test_an_owner_reads_the_topics_and_writes_within_the_ten_days(house: House) -> None:
    meeting = scheduled(house)
    topic = with_topic(house, meeting)
    owner = logged_in(PHONES[0])
    assert owner.get(reverse("my_meeting", args=[meeting.id])).status_code == 404
    told(house, meeting)
    assert "现在可以写意见" in page(owner, "my_meetings")
    url = reverse("my_meeting", args=[meeting.id])
    for key in ("k", "k"):
        owner.post(url, {"topic": str(topic.id), "text": "先修漏得最厉害的。", "key": key})
    assert Opinion.objects.values_list("text", "channel").get() == ("先修漏得最厉害的。", "page")
    assert "先修漏得最厉害的。" in page(owner, "my_meeting", meeting.id)
    assert "先修漏得最厉害的。" in page(client("office_director"), "meeting", meeting.id)


def test_members_see_what_concerns_them_and_the_chair_approves_on_the_phone(house: House) -> None:
    meeting = scheduled(house)
    with_topic(house, meeting)
    invite(meeting=meeting.id, members=[], **doing(house))
    chair, member, now = logged_in(PHONES[0]), logged_in(PHONES[1]), at("2026-12-11 09:00")
    assert [each.title for each in received(seat(), now=now)] == ["社区会议室"]
    some = [each.id for each in house.community.members.all()][:2]
    sign_in(meeting=meeting.id, members=some, files=photo(house, MEETS), **doing(house, MEETS))
    hold_meeting(meeting=meeting.id, **doing(house, HELD))
    paper = hand_in_minutes(meeting=meeting.id, **doing(house, HELD))
    assert to_answer(seat(), now=now) == []
    approved(house, paper, HELD, decider="company_leader")
    assert [each.state for each in to_answer(seat(), now=now)] == ["等业委会主任审批"]
    assert to_answer(seat(PHONES[1]), now=now) == []
    assert "同意公布" not in page(member, "my_committee_meeting", meeting.id)
    assert "同意公布" in page(chair, "my_committee_meeting", meeting.id)
    url = reverse("my_committee_meeting", args=[meeting.id])
    assert member.post(url, {"agree": "1", "digest": digest_of(paper), "key": "a"}).status_code == 422
    with_words = {"agree": "1", "digest": digest_of(paper), "words": "同意。"}
    with clock.standing_at(now):
        assert chair.post(url, {**with_words, "key": "b"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.approved_digest == digest_of(paper)
    assert "待盖章" in page(chair, "my_committee_meetings")


def test_the_list_asks_the_same_for_one_and_for_three(house: House) -> None:
    counts = []
    for more in (1, 2):
        for number in range(more):
            meeting = scheduled(house, starts=at(f"2026-12-{10 + number + more} 15:00"))
            with_topic(house, None)
            assert meeting.state == "planned"
        desk = client("office_director")
        with CaptureQueriesContext(connection) as asked:
            page(desk, "meetings", community=str(house.community.id))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_duty_of_a_meeting_leads_to_its_page(house: House) -> None:
    meeting = scheduled(house)
    topic = with_topic(house, meeting)
    assert meeting_url(meeting.subject) == reverse("meeting", args=[meeting.id])
    assert meeting_url(topic.subject) == reverse("meetings")
    period = period_subject(house.community, "2026-Q4")
    assert meeting_url(period) == f"{reverse('meetings')}?community={house.community.id}"
