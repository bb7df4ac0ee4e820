"""What follows from entries about meetings: what is owed moves with it, and is kept by its being held."""

from uuid import UUID

from hemu.duties.models import Duty
from hemu.duties.operations import Restart, meet, restart, set_moment, void_duties
from hemu.estate.queries import office_rules
from hemu.filing.operations import file_with_committee
from hemu.infra.moments import office_day
from hemu.ledger.entries import Reaction
from hemu.ledger.models import Entry
from hemu.meetings.models import Meeting, Outcome, Topic
from hemu.meetings.queries_planning import next_meeting_at, period_subject, periodic_duties
from hemu.meetings.rules import PERIODIC
from hemu.papers.rules_documents import READ, Decider, PaperKind

MINUTES = PaperKind(
    "committee_minutes",
    "业纪",
    chain=((Decider(READ, "company_leader"),),),
    file_class="minutes",
    clause="OC-19",
)
PAPER_KINDS = (MINUTES,)
PERIODS = dict.fromkeys(PERIODIC, period_subject)


def _meeting(entry: Entry) -> Meeting:
    rows = Meeting.objects.select_related("community__office")
    return rows.get(id=UUID(entry.subject.partition(":")[2]))


def _moved(entry: Entry) -> None:
    """Owners must be told of the new time: what was owed for the old one is void, what is owed for this one is born."""
    void_duties(entry, clauses=("OC-16", "OC-17"))
    if not entry.facts.get("call_off"):
        restart(entry, Restart("committee.meeting.scheduled"))
    _carry_on(entry)


def _carry_on(entry: Entry) -> None:
    """What came of earlier meetings is reported back at the next one: wherever that is now."""
    meeting = _meeting(entry)
    waiting = Outcome.objects.filter(meeting__community=meeting.community_id, reported_at__isnull=True)
    by_meeting: dict[UUID, list[str]] = {}
    for each in waiting.only("id", "kind", "meeting_id"):
        by_meeting.setdefault(each.meeting_id, []).append(each.subject)
    for earlier in Meeting.objects.filter(id__in=by_meeting).select_related("community__office"):
        moment = next_meeting_at(earlier, now=entry.recorded_at)
        set_moment(subjects=by_meeting[earlier.id], fact="next_meeting_at", moment=moment)


def _held(entry: Entry) -> None:
    """Fulfil the duty of its period, and of topics on its agenda that asked for the committee's consent (OC-02)."""
    meeting = _meeting(entry)
    topics = [each.subject for each in Topic.objects.filter(meeting=meeting, matter="consent")]
    asked = Duty.objects.filter(subject__in=topics, clause="OC-02").select_related("office")
    for duties in (periodic_duties(meeting), asked):
        open_ones = duties.select_for_update(of=("self",)).filter(state=Duty.State.OPEN)
        rules = office_rules(meeting.community.office, on=entry.at)
        meet(open_ones, entry, rules, now=entry.recorded_at)


def _refused(entry: Entry) -> None:
    void_duties(entry, clauses=("OC-21",))


def _filed(entry: Entry) -> None:
    """What was signed and written for a meeting goes to the file once its minutes are out (OC-14)."""
    meeting = _meeting(entry)
    day = office_day(meeting.starts_at)
    title = f"{day.isoformat()} 与业主委员会的会议：签到与公布"
    file_with_committee(entry=entry, community=meeting.community, title=title)


REACTIONS = (
    Reaction("committee.meeting.scheduled", _carry_on),
    Reaction("committee.meeting.moved", _moved),
    Reaction("committee.meeting.postponed", _moved),
    Reaction("committee.meeting.postponement_refused", _refused),
    Reaction("committee.meeting.held", _held),
    Reaction("committee.minutes.published", _filed),
)
