"""Meetings with the owners' committee as they stand now: topics, opinions, who came, what was decided."""

from django.db import models
from django.db.models import Q

from hemu.committee.models import Member
from hemu.estate.models import Community, Home, Person, Staff
from hemu.meetings.rules import CHANNELS, KINDS, MATTERS, OUTCOMES, RESULTS, State
from hemu.papers.models import Document
from hemu.quality.models import CorrectiveAction


def _codes(codes: object) -> list[tuple[str, str]]:
    return [(str(each), str(each)) for each in codes]  # type: ignore[attr-defined]


class Meeting(models.Model):
    """One meeting. It counts for the period of the day for which it was first planned, however it is moved."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Community, models.PROTECT, related_name="meetings", db_index=False)
    kind = models.CharField(max_length=16, choices=_codes(KINDS))
    place = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    first_starts_at = models.DateTimeField(help_text="as it was planned first")
    state = models.CharField(max_length=10, choices=_codes(State))
    version = models.PositiveIntegerField(default=1)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_to = models.DateTimeField(null=True, help_text="put off to this time; none while asked: called off")
    reason = models.TextField(blank=True, help_text="why it is, or was, to be put off or called off")
    agenda = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="+", help_text="the notice that tells owners"
    )
    told_at = models.DateTimeField(null=True, help_text="when the notice of its present time was posted")
    collected_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    minutes = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    approved_digest = models.CharField(max_length=64, blank=True, help_text="of the words the chair approved")
    approved_at = models.DateTimeField(null=True)
    returned_digest = models.CharField(
        max_length=64, blank=True, help_text="of the words the chair sent back"
    )
    returned_why = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="held", held_at__isnull=False) | ~Q(state="held") & Q(held_at__isnull=True),
                name="meeting_held_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["community", "-starts_at"], name="meeting_by_community")]

    @property
    def subject(self) -> str:
        return f"meeting:{self.id.hex}"


class Topic(models.Model):
    """A matter for the committee: with a report of its own (OC-15), on the agenda of a meeting or waiting for one."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Community, models.PROTECT, related_name="topics", db_index=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="topics")
    position = models.PositiveSmallIntegerField(default=0)
    matter = models.CharField(max_length=10, choices=_codes(MATTERS))
    title = models.CharField(max_length=80)
    text = models.TextField(blank=True, help_text="the report")
    discussion = models.TextField(blank=True, help_text="what was said in the meeting")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["community", "-id"], name="topic_waiting", condition=Q(meeting__isnull=True))
        ]

    @property
    def subject(self) -> str:
        return f"topic:{self.id.hex}"


class Opinion(models.Model):
    """What an owner wrote before a meeting, about one of its topics or all of it."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="opinions")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="opinions")
    home = models.ForeignKey(Home, models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    channel = models.CharField(max_length=8, choices=_codes(CHANNELS))
    given_at = models.DateTimeField()


class Attendance(models.Model):
    """A member of the committee at a meeting: invited, there."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once")]


class Outcome(models.Model):
    """A resolution or a suggestion: who answers for it until when, and what was reported back."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="outcomes")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="outcomes")
    kind = models.CharField(max_length=10, choices=_codes(OUTCOMES))
    text = models.TextField()
    responsible = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    do_by = models.DateTimeField()
    action = models.ForeignKey(CorrectiveAction, models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=10, blank=True, choices=_codes(RESULTS))
    report = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True)
    reported_in = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="reported")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reported_at__isnull=True, result="")
                | Q(reported_at__isnull=False) & ~Q(result=""),
                name="outcome_reported_with_result",
            )
        ]

    @property
    def subject(self) -> str:
        return f"{self.kind}:{self.id.hex}"
