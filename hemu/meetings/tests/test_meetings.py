"""A meeting from its planning to its published minutes, as the duties see it; what is refused writes nothing."""

from datetime import date
from typing import Any

import pytest

from hemu.access.tests.house import House, at
from hemu.duties.models import Duty
from hemu.duties.operations import open_between
from hemu.estate.operations import switch_clauses
from hemu.filing.models import Item
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Entry
from hemu.meetings.models import Meeting, Outcome
from hemu.meetings.operations import (
    answer_minutes,
    answer_postponement,
    ask_to_postpone,
    collect_opinions,
    decide,
    enter_answer,
    enter_opinion,
    give_opinion,
    hand_in_minutes,
    hold_meeting,
    invite,
    move_meeting,
    note_topic,
    publish_minutes,
    report_back,
    sign_in,
    submit_topic,
)
from hemu.meetings.queries_minutes import digest_of, stands
from hemu.meetings.queries_planning import period_subject, plan_of
from hemu.meetings.tests.committee import (
    MEETS,
    PHONES,
    approved,
    doing,
    found_committee,
    owed,
    own,
    photo,
    scheduled,
    seat,
    told,
    with_topic,
)
from hemu.papers.operations import issue_paper

pytestmark = pytest.mark.django_db
HELD = "2026-12-10 16:30"


@pytest.fixture
def house() -> House:
    return found_committee()


def members(house: House) -> list[Any]:
    return [each.id for each in house.community.members.order_by("post", "id")]


def held(house: House, meeting: Meeting) -> None:
    sign_in(
        meeting=meeting.id, members=members(house)[:2], files=photo(house, "2026-12-10 15:05"),
        **doing(house, "2026-12-10 15:05"),
    )  # fmt: skip
    hold_meeting(meeting=meeting.id, **doing(house, HELD))
    meeting.refresh_from_db()


def decided(house: House, meeting: Meeting, kind: str = "resolution") -> Outcome:
    to = house.by("steward").key
    return decide(
        meeting=meeting.id, kind=kind, text="月底前做完防水。", to=to, do_by=at("2027-01-20 18:00"),
        **doing(house, "2026-12-10 16:00"),
    )  # fmt: skip


def kinds_of(subject: str) -> list[str]:
    rows = Entry.objects.filter(subject=subject, kind__startswith="committee.").order_by("seq")
    return [each.kind.removeprefix("committee.") for each in rows]


def test_a_meeting_owes_its_notice_twenty_days_before_and_the_ten_days_after_it(house: House) -> None:
    meeting = scheduled(house)
    assert owed(meeting.subject) == {"OC-16": ("open", "2026-11-20T23:59")}
    with_topic(house, meeting)
    told(house, meeting)
    found = owed(meeting.subject)
    assert found["OC-16"] == ("fulfilled", "2026-11-20T23:59")
    assert found["OC-17"] == ("open", "2026-11-15T23:59")
    with pytest.raises(RuleViolation, match=r"meeting\.still_open"):
        collect_opinions(meeting=meeting.id, **doing(house, "2026-11-14 10:00"))
    collect_opinions(meeting=meeting.id, **doing(house, "2026-11-15 10:00"))
    assert owed(meeting.subject)["OC-17"][0] == "fulfilled"
    assert {"meeting.scheduled", "agenda.published", "opinion.collected"} <= set(kinds_of(meeting.subject))


def test_a_notice_posted_nineteen_days_before_is_late(house: House) -> None:
    meeting = scheduled(house)
    with_topic(house, meeting)
    told(house, meeting, "2026-11-21 10:00")
    duty = Duty.objects.get(subject=meeting.subject, clause="OC-16")
    assert (duty.state, duty.is_late) == ("fulfilled", True)


def test_moving_the_meeting_moves_what_is_owed_for_it(house: House) -> None:
    meeting = scheduled(house)
    asked: dict[str, Any] = {"meeting": meeting.id, "place": "社区会议室", "words": "会议室换时间。"}
    move_meeting(starts=at("2026-12-20 15:00"), **asked, **doing(house))
    assert owed(meeting.subject) == {"OC-16": ("open", "2026-11-30T23:59")}
    with pytest.raises(RuleViolation, match=r"meeting\.needs_consent"):
        move_meeting(starts=at("2027-01-05 15:00"), **asked, **doing(house))
    with_topic(house, meeting)
    told(house, meeting)
    with pytest.raises(RuleViolation, match=r"meeting\.needs_consent"):
        move_meeting(starts=at("2026-12-21 15:00"), **asked, **doing(house))
    meeting.refresh_from_db()
    plan = plan_of(meeting, now=at("2026-11-06 10:00"))
    assert plan is not None
    assert plan.is_possible


def test_a_meeting_is_put_off_by_the_leader_beforehand_and_owners_are_told_anew(house: House) -> None:
    meeting = scheduled(house)
    with_topic(house, meeting)
    told(house, meeting)
    late = "2026-11-20 10:00"
    ask_to_postpone(
        meeting=meeting.id, starts=at("2027-01-15 15:00"), words="业委会正在换届。", **doing(house, late)
    )
    assert owed(meeting.subject)["OC-21"][0] == "open"
    with pytest.raises(RuleViolation, match=r"meeting\.not_found"):
        answer_postponement(meeting=meeting.id, agree=True, **doing(house, late))
    answer_postponement(meeting=meeting.id, agree=True, **doing(house, late, "company_leader"))
    found = owed(meeting.subject)
    assert (found["OC-21"][0], found["OC-16"]) == ("fulfilled", ("open", "2026-12-26T23:59"))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.told_at, meeting.starts_at) == ("planned", None, at("2027-01-15 15:00"))


def test_what_the_leader_refuses_stays_as_it_was(house: House) -> None:
    meeting = scheduled(house)
    ask_to_postpone(meeting=meeting.id, starts=None, words="没有议题。", **doing(house))
    answer_postponement(
        meeting=meeting.id, agree=False, words="照常开。", **doing(house, role="company_leader")
    )
    assert owed(meeting.subject) == {"OC-16": ("open", "2026-11-20T23:59")}
    meeting.refresh_from_db()
    assert meeting.state == "planned"


@pytest.mark.parametrize(("profile", "clause"), [("default", "OC-01"), ("kerui", "OC-01k")])
def test_the_quarters_duty_is_kept_by_the_meeting_that_was_held(
    house: House, profile: str, clause: str
) -> None:
    office = house.community.office
    office.profile = profile
    office.save()
    house.community.refresh_from_db()
    switch_clauses(
        community=house.community,
        what=["committee"],
        since=date(2026, 9, 1),
        on=True,
        now=at("2026-09-01 09:00"),
    )
    open_between(first=date(2026, 10, 1), last=date(2026, 10, 1), now=at("2026-10-01 09:00"))
    subject = period_subject(house.community, "2026-Q4")
    assert owed(subject) == {clause: ("open", "2026-12-31T23:59")}
    meeting = scheduled(house)
    held(house, meeting)
    assert owed(subject)[clause][0] == "fulfilled"
    assert owed(meeting.subject)["OC-19"][0] == "open"
    entry = Entry.objects.get(kind="committee.meeting.held")
    assert {name: entry.facts[name] for name in ("present", "members", "quorum")} == {
        "present": 2, "members": 3, "quorum": True,
    }  # fmt: skip


def test_a_quarter_called_off_with_consent_is_excused(house: House) -> None:
    switch_clauses(
        community=house.community,
        what=["committee"],
        since=date(2026, 9, 1),
        on=True,
        now=at("2026-09-01 09:00"),
    )
    open_between(first=date(2026, 10, 1), last=date(2026, 10, 1), now=at("2026-10-01 09:00"))
    meeting = scheduled(house)
    ask_to_postpone(meeting=meeting.id, starts=None, words="业委会与地产公司有纠纷。", **doing(house))
    answer_postponement(meeting=meeting.id, agree=True, **doing(house, role="company_leader"))
    assert owed(period_subject(house.community, "2026-Q4"))["OC-01"][0] == "excused"
    assert owed(meeting.subject)["OC-21"][0] == "fulfilled"
    assert "OC-16" not in owed(meeting.subject)


def test_a_matter_for_the_committees_consent_owes_a_special_meeting(house: House) -> None:
    topic = with_topic(house, None, "consent")
    assert owed(topic.subject) == {"OC-02": ("open", "")}
    meeting = scheduled(house, kind="special")
    topic.meeting = meeting
    topic.save()
    held(house, meeting)
    assert owed(topic.subject)["OC-02"][0] == "fulfilled"


@pytest.mark.parametrize(("kind", "clause"), [("resolution", "OC-18"), ("suggestion", "OC-20")])
def test_what_was_decided_is_put_right_and_reported_back_at_the_next_meeting(
    house: House, kind: str, clause: str
) -> None:
    meeting = scheduled(house)
    outcome = decided(house, meeting, kind)
    assert outcome.action is not None
    assert outcome.action.source == "committee"
    assert owed(outcome.subject) == {clause: ("open", "2027-03-31T23:59")}
    following = scheduled(house, starts=at("2027-02-10 15:00"), **doing(house, HELD))
    assert owed(outcome.subject) == {clause: ("open", "2027-02-10T15:00")}
    move_meeting(
        meeting=following.id,
        starts=at("2027-03-10 15:00"),
        place="社区会议室",
        words="改期。",
        **doing(house, HELD),
    )
    assert owed(outcome.subject) == {clause: ("open", "2027-03-10T15:00")}
    said: dict[str, Any] = {"outcome": outcome.id, "meeting": following.id, "result": "done"}
    with pytest.raises(RuleViolation, match=r"meeting\.not_begun"):
        report_back(**said, words="已经做完。", **doing(house, "2027-03-09 15:00"))
    report_back(**said, words="已经做完。", **doing(house, "2027-03-10 14:30"))
    assert owed(outcome.subject)[clause] == ("fulfilled", "2027-03-10T15:00")
    with pytest.raises(RuleViolation, match=r"meeting\.no_outcome"):
        report_back(**said, words="已经做完。", **doing(house, "2027-03-10 15:30"))


def test_minutes_are_read_by_the_leader_approved_by_the_chair_and_published(house: House) -> None:
    meeting = scheduled(house)
    topic = with_topic(house, meeting)
    note_topic(meeting=meeting.id, topic=topic.id, words="三方比价。", **doing(house, "2026-12-10 15:30"))
    decided(house, meeting)
    held(house, meeting)
    paper = hand_in_minutes(meeting=meeting.id, **doing(house, HELD))
    body = paper.versions.get().content["body"]
    assert all(
        said in body
        for said in ("社区会议室", "三方比价。", "决议：月底前做完防水。", "签到2人，达到法定人数2人。")
    )
    approved(house, paper, HELD, decider="company_leader")
    meeting.refresh_from_db()
    digest, chair = digest_of(paper), seat()
    for who, said, code in (
        (seat(PHONES[1]), digest, "meeting.chair_only"), (chair, "0" * 64, "meeting.other_words"),
    ):  # fmt: skip
        with pytest.raises(RuleViolation) as refused:
            answer_minutes(meeting=meeting.id, digest=said, agree=True, seat=who, act=own(who, HELD))
        assert refused.value.code == code
    answer_minutes(meeting=meeting.id, digest=digest, agree=True, seat=chair, act=own(chair, HELD))
    with pytest.raises(RuleViolation, match=r"meeting\.not_approved"):
        publish_minutes(meeting=meeting.id, **doing(house, HELD))
    issue_paper(document=paper.id, mode="mark", **doing(house, HELD))
    publish_minutes(meeting=meeting.id, files=photo(house, HELD), **doing(house, HELD))
    assert owed(meeting.subject)["OC-19"][0] == "fulfilled"
    item = Item.objects.get(subject=meeting.subject)
    assert (item.file_class, item.files.count()) == (
        "committee",
        2,
    )  # the signed sheet and the photo of the board
    entry = Entry.objects.get(kind="committee.minutes.approved")
    assert (entry.proof, entry.actor, entry.facts["channel"]) == ("own", f"owner:{house.owner.id}", "page")


def test_the_chairs_word_on_paper_needs_the_signed_sheet_and_may_send_back(house: House) -> None:
    meeting = scheduled(house)
    held(house, meeting)
    paper = hand_in_minutes(meeting=meeting.id, **doing(house, HELD))
    approved(house, paper, HELD, decider="company_leader")
    said: dict[str, Any] = {
        "meeting": meeting.id,
        "digest": digest_of(paper),
        "agree": False,
        "words": "第二条写错了。",
    }
    with pytest.raises(RuleViolation, match=r"meeting\.needs_sheet"):
        enter_answer(**said, files=[], **doing(house, HELD))
    entry = enter_answer(**said, files=photo(house, HELD), **doing(house, HELD))
    meeting.refresh_from_db()
    assert (entry.kind, entry.proof, stands(meeting)) == ("committee.minutes.returned", "device", "sent_back")


def test_an_owner_writes_within_the_ten_days_by_phone_or_on_paper(house: House) -> None:
    meeting = scheduled(house)
    topic = with_topic(house, meeting)
    told(house, meeting)
    inside, after = "2026-11-15 23:00", "2026-11-16 09:00"
    said: dict[str, Any] = {"topic": topic.id, "text": "先修漏得最厉害的。", "home": house.home}
    who: dict[str, Any] = {"meeting": meeting, "person": house.owner}
    give_opinion(**said, **who, act=own(seat(), inside))
    enter_opinion(meeting=meeting.id, **said, files=photo(house, inside), **doing(house, inside))
    for act in (own(seat(), after),):
        with pytest.raises(RuleViolation, match=r"meeting\.not_open"):
            give_opinion(**said, **who, act=act)
    proofs = (
        Entry.objects.filter(kind="committee.opinion.given").order_by("seq").values_list("proof", flat=True)
    )
    assert (list(proofs), topic.opinions.count()) == (["own", "device"], 2)


def test_members_are_invited_once_each_and_sign_in_once(house: House) -> None:
    meeting = scheduled(house)
    assert invite(meeting=meeting.id, members=[], **doing(house)) == 3
    some: dict[str, Any] = {"meeting": meeting.id, "members": members(house)[:1]}
    with pytest.raises(RuleViolation, match=r"meeting\.not_begun"):
        sign_in(**some, files=photo(house), **doing(house, "2026-12-10 12:00"))
    assert sign_in(**some, files=photo(house, MEETS), **doing(house, MEETS)) == 1
    with pytest.raises(RuleViolation, match=r"meeting\.no_members"):
        sign_in(**some, files=photo(house, MEETS), **doing(house, MEETS))
    assert meeting.attendances.filter(signed_at__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"kind": "party"}, "meeting.unknown_value"), ({"starts": None}, "meeting.no_time"),
        ({"starts": at("2026-11-01 15:00")}, "meeting.in_past"), ({"starts": at("2028-01-01 15:00")}, "meeting.too_far"),
        ({"place": " "}, "meeting.no_place"),
    ],
)  # fmt: skip
def test_a_refused_plan_writes_nothing(house: House, asked: dict[str, Any], code: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(RuleViolation) as refused:
        scheduled(house, **asked)
    assert (refused.value.code, Meeting.objects.count(), Entry.objects.count()) == (code, 0, before)


@pytest.mark.parametrize("role", ["steward", "frontdesk", "technician", "company_leader", "finance"])
def test_who_does_not_keep_meetings_plans_none(house: House, role: str) -> None:
    with pytest.raises(RuleViolation, match=r"access\.denied"):
        scheduled(house, **doing(house, role=role))
    with pytest.raises(RuleViolation, match=r"access\.denied"):
        submit_topic(
            community=house.community, matter="fund", title="题", text="文", **doing(house, role=role)
        )
