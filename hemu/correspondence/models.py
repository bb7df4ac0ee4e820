"""Papers to the owners' committee and what it asks, as they stand now; their history is the ledger."""

from django.db import models
from django.db.models import Q

from hemu.committee.models import Helper, Member
from hemu.correspondence.rules import ANSWERS, APPLICATION, KNOWN, SORTS, WAYS
from hemu.correspondence.rules_inquiries import SORTS as INQUIRY_SORTS
from hemu.correspondence.rules_inquiries import WAYS as INQUIRY_WAYS
from hemu.correspondence.rules_inquiries import State
from hemu.estate.models import Community, Staff
from hemu.papers.models import Document


def _choices(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(code, code) for code in codes]


class Letter(models.Model):
    """What makes a paper an application (for a planned day) or a notification (of what arose at a moment)."""

    document = models.OneToOneField(
        Document, models.PROTECT, primary_key=True, related_name="committee_letter"
    )
    community = models.ForeignKey(Community, models.PROTECT, related_name="committee_letters", db_index=False)
    sort = models.CharField(max_length=12, choices=_choices(SORTS))
    matter = models.CharField(max_length=16, choices=_choices(KNOWN))
    planned_on = models.DateField(null=True)
    arose_at = models.DateTimeField(null=True)
    emergency = models.BooleanField(default=False)
    enclosures = models.TextField(blank=True, help_text="their names, one a line")
    delivered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, blank=True, choices=_choices(ANSWERS))
    answer_words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    drop_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sort=APPLICATION, planned_on__isnull=False, arose_at__isnull=True)
                | ~Q(sort=APPLICATION) & Q(planned_on__isnull=True, arose_at__isnull=False),
                name="letter_planned_or_arose",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False, delivered_at__isnull=False),
                name="letter_delivered_then_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "-document"], name="letter_by_community"),
            models.Index(
                fields=["community", "document"],
                name="letter_open",
                condition=Q(answered_at__isnull=True, dropped_at__isnull=True),
            ),
        ]

    @property
    def subject(self) -> str:
        return f"committee_paper:{self.document_id.hex}"


class Inquiry(models.Model):
    """What a committee asks, suggests or demands; `round` counts how often an answer has been owed."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(
        Community, models.PROTECT, related_name="committee_inquiries", db_index=False
    )
    number = models.CharField(max_length=40, unique=True)
    sort = models.CharField(max_length=12, choices=_choices(INQUIRY_SORTS))
    way = models.CharField(max_length=8, choices=_choices(INQUIRY_WAYS))
    text = models.TextField()
    about = models.CharField(
        max_length=80, blank=True, help_text="the subject or entry of the book it asks about"
    )
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+", db_index=False)
    helper = models.ForeignKey(Helper, models.SET_NULL, null=True, related_name="+", db_index=False)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=[(str(each), str(each)) for each in State])
    round = models.PositiveSmallIntegerField(default=1)
    reasonable = models.BooleanField(null=True)
    solvable = models.BooleanField(null=True)
    reason = models.TextField(blank=True, help_text="of the judgement, in polite words")
    escalated_to = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reasonable__isnull=True, solvable__isnull=True)
                | Q(reasonable__isnull=False, solvable__isnull=False),
                name="inquiry_judged_whole",
            )
        ]
        indexes = [
            models.Index(fields=["community", "-id"], name="inquiry_by_community"),
            models.Index(
                fields=["community", "id"],
                name="inquiry_open",
                condition=~Q(state__in=["answered", "accepted"]),
            ),
        ]

    @property
    def subject(self) -> str:
        return f"committee_inquiry:{self.id.hex}"


class Answer(models.Model):
    """What the company answered in one round."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="answers", db_index=False)
    round = models.PositiveSmallIntegerField()
    text = models.TextField()
    role = models.CharField(max_length=20, help_text="in whose name: the office, or above it")
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "round"], name="answered_once_a_round")]


class Receipt(models.Model):
    """Who took a paper, when and how: an application, a notification, or the answer to an inquiry on paper."""

    letter = models.ForeignKey(Letter, models.CASCADE, null=True, related_name="receipts", db_index=False)
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, related_name="receipts", db_index=False)
    way = models.CharField(max_length=4, choices=_choices(WAYS))
    at = models.DateTimeField()
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+", db_index=False)
    helper = models.ForeignKey(Helper, models.SET_NULL, null=True, related_name="+", db_index=False)
    number = models.CharField(max_length=40, blank=True, help_text="of the postal receipt")
    by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(letter__isnull=False, answer__isnull=True)
                | Q(letter__isnull=True, answer__isnull=False),
                name="receipt_of_one_paper",
            ),
            models.UniqueConstraint(fields=["letter", "member"], name="letter_taken_once_by_a_member"),
            models.UniqueConstraint(fields=["answer", "member"], name="answer_taken_once_by_a_member"),
        ]
