"""The service request as it stands now. Its history is the ledger; words and names in it can be erased."""

from django.db import models
from django.db.models import Q

from hemu.estate.models import Community, Department, Home, Person, Staff
from hemu.service_requests.rules import (
    CHANNELS,
    NATURES,
    OUTSIDE_BODIES,
    TRADES,
    TYPES,
    URGENCIES,
    Outcome,
    State,
)


def _codes(values: object) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]  # type: ignore[attr-defined]


OPEN_LINE = "state type handler department trade urged_count reopened_count major replied_at"


class Request(models.Model):
    """One matter of an owner or resident, under one number."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=30, unique=True)
    community = models.ForeignKey(Community, models.PROTECT, related_name="requests", db_index=False)
    state = models.CharField(max_length=12, choices=_codes(State))
    outcome = models.CharField(max_length=12, choices=_codes(Outcome), blank=True)
    version = models.PositiveIntegerField(default=1)

    type = models.CharField(max_length=16, choices=_codes(TYPES))
    trade = models.CharField(max_length=12, choices=_codes(TRADES), blank=True)
    nature = models.CharField(max_length=12, choices=_codes(NATURES), blank=True)
    urgency = models.CharField(max_length=8, choices=_codes(URGENCIES), blank=True)
    limit = models.CharField(max_length=12, blank=True)
    channel = models.CharField(max_length=12, choices=_codes(CHANNELS))

    home = models.ForeignKey(Home, models.PROTECT, null=True, related_name="requests", db_index=False)
    home_written = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="as the home is written, for lists: it never changes",
    )
    place = models.CharField(max_length=60, blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="requests")
    anonymous = models.BooleanField(default=False)
    text = models.TextField()
    caller_name = models.CharField(max_length=100, blank=True)
    caller_phone = models.CharField(max_length=30, blank=True)
    speaker_name = models.CharField(
        max_length=100, blank=True, default="", db_default="", help_text="who spoke on the caller's behalf"
    )
    speaker_phone = models.CharField(max_length=30, blank=True, default="", db_default="")
    answer_speaker = models.BooleanField(
        default=False, db_default=False, help_text="who spoke asked to be answered instead"
    )

    happened_at = models.DateTimeField()
    registered_at = models.DateTimeField()
    first_asked = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="first_asked")
    handler = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="handling", db_index=False)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="requests")
    resume_at = models.DateTimeField(null=True)
    informed_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    confirmed_by_owner = models.BooleanField(default=False)
    own_matter = models.BooleanField(default=False)
    major = models.BooleanField(default=False, help_text="judged a major one (RQ-09)")
    closed_at = models.DateTimeField(null=True)
    appointed_from = models.DateTimeField(null=True)
    appointed_until = models.DateTimeField(null=True)
    quote_fen = models.PositiveIntegerField(null=True, help_text="0.01 CNY, the offer that stands")
    quote_accepted_at = models.DateTimeField(null=True)
    paid = models.BooleanField(default=False)
    tries_count = models.PositiveSmallIntegerField(default=0, help_text="visits at which nobody was home")
    urged_count = models.PositiveSmallIntegerField(default=0)
    seconded_count = models.PositiveSmallIntegerField(default=0)
    score = models.PositiveSmallIntegerField(null=True, help_text="1 to 5, by the owner alone")
    reopened_count = models.PositiveSmallIntegerField(default=0)
    links_since = models.DateTimeField(null=True, help_text="owner's links made before it open nothing")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    outside_body = models.CharField(max_length=12, choices=_codes(OUTSIDE_BODIES), blank=True)
    outside_number = models.CharField(
        max_length=60, blank=True, help_text="the number the outside body gave it"
    )
    outside_due_at = models.DateTimeField(null=True, help_text="by when the outside body wants it answered")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outside_body", "outside_number"],
                condition=~Q(outside_number=""),
                name="outside_number_once",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) & ~Q(outcome="")
                | ~Q(state="closed") & Q(closed_at__isnull=True, outcome=""),
                name="closed_with_one_outcome",
            ),
        ]
        indexes = [  # ids are ordered by time: newest first is `-id`
            models.Index(fields=["community", "-id"], name="request_by_community"),
            models.Index(fields=["community", "state", "-id"], name="request_by_state"),
            models.Index(  # lists of the open cases and the wall find in it all that they ask
                fields=["community", "-id", *OPEN_LINE.split()],
                name="request_open_lines",
                condition=~Q(state="closed"),
            ),
            models.Index(fields=["community", "-id"], name="request_open", condition=~Q(state="closed")),
            models.Index(fields=["handler", "-id"], name="request_by_handler"),
            models.Index(fields=["community", "type", "-id"], name="request_by_type"),
            models.Index(fields=["community", "trade", "-id"], name="request_by_trade"),
            models.Index(fields=["community", "channel", "-id"], name="request_by_channel"),
            models.Index(fields=["community", "-id"], name="request_urged", condition=Q(urged_count__gt=0)),
            models.Index(
                fields=["community", "-id"], name="request_reopened", condition=Q(reopened_count__gt=0)
            ),
            models.Index(fields=["home", "-id"], name="request_by_home"),
            models.Index(fields=["resume_at"], name="request_resuming", condition=Q(resume_at__isnull=False)),
            # Lists of the whole company have indexes of their own, for no scope leads them.
            models.Index(fields=["-id"], name="request_open_anywhere", condition=~Q(state="closed")),
            models.Index(fields=["type", "-id"], name="request_type_anywhere"),
            models.Index(fields=["trade", "-id"], name="request_trade_anywhere"),
            models.Index(fields=["channel", "-id"], name="request_channel_anywhere"),
            models.Index(fields=["-id"], name="request_urged_anywhere", condition=Q(urged_count__gt=0)),
            models.Index(fields=["-id"], name="request_reopened_anywhere", condition=Q(reopened_count__gt=0)),
            models.Index(fields=["community", "-id"], name="request_major", condition=Q(major=True)),
            models.Index(fields=["-id"], name="request_major_anywhere", condition=Q(major=True)),
            models.Index(fields=["community", "-id"], name="request_outside", condition=~Q(outside_body="")),
            models.Index(fields=["-id"], name="request_outside_anywhere", condition=~Q(outside_body="")),
            models.Index(  # the morning sheet's dangers
                fields=["community", "id"],
                name="request_urgent_open",
                condition=~Q(state="closed") & (Q(limit="danger") | Q(urgency="urgent")),
            ),
        ]

    @property
    def subject(self) -> str:
        return f"request:{self.number}"

    @property
    def answered_name(self) -> str:
        """Who is answered and revisited: the one concerned, unless who spoke for them asked otherwise."""
        return self.speaker_name if self.answer_speaker else self.caller_name

    @property
    def answered_phone(self) -> str:
        """The number at which the answer is wanted."""
        return self.speaker_phone if self.answer_speaker else self.caller_phone


class Party(models.Model):
    """Somebody who reported the same matter after the first one, or said *me too*."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="parties", db_index=False)
    home = models.ForeignKey(Home, models.PROTECT, null=True, related_name="seconded")
    person = models.ForeignKey(Person, models.SET_NULL, null=True)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "home", "person"], name="party_once"),
        ]


class Named(models.Model):
    """A member of staff whom a complaint names: for that person the case does not exist (DESIGN §5)."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="named", db_index=False)
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="named_in")
    alone = models.BooleanField(
        default=False, help_text="nobody else is there to handle it: shown all the same, not independent"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "staff"], name="named_once")]


class Helper(models.Model):
    """Somebody who works on a case beside its handler."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="helpers", db_index=False)
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="helping")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "staff"], name="helper_once")]


class SuggestionCount(models.Model):
    """How many sortings gave a value to cases in whose words a word of the table speaks. No word of a person."""

    axis = models.CharField(max_length=8)
    word = models.CharField(max_length=20, blank=True)
    value = models.CharField(max_length=16)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["word", "axis", "value"], name="suggestion_count_once")
        ]


class SuggestionMark(models.Model):
    """Up to which entry of the book the sortings are counted; one row."""

    seq = models.BigIntegerField(default=0)


class OwnerLink(models.Model):
    """The owner's own link to one case: the token's digest, never the token."""

    digest = models.CharField(max_length=64, primary_key=True)
    request = models.ForeignKey(Request, models.CASCADE, related_name="links")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
