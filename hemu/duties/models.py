"""Duties 应办事项: a clause × a book and a period, or a clause × the entry that triggered it."""

from django.db import models
from django.db.models import Q

from hemu.estate.models import Community, Office, Staff
from hemu.ledger.models import Book


class Duty(models.Model):
    """One duty. Nobody ticks it done: an entry of the kind that its clause names fulfils it.

    `due_at` is the last second that still counts; a duty without one is open, never late. `late_at` is set
    once the due time has passed unmet and stays.
    """

    class State(models.TextChoices):
        OPEN = "open"
        FULFILLED = "fulfilled"
        VOID = "void"
        EXCUSED = "excused"

    id = models.UUIDField(primary_key=True)
    key = models.CharField(max_length=160, unique=True, help_text="clause × entry, or clause × book × period")
    clause = models.CharField(max_length=20)
    book = models.ForeignKey(Book, models.PROTECT, db_index=False)
    office = models.ForeignKey(Office, models.PROTECT, db_index=False)
    subject = models.CharField(max_length=80)
    role = models.CharField(max_length=30, help_text="the post that owes it")
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="duties")
    trigger = models.UUIDField(null=True, help_text="the entry that started it")
    facts = models.JSONField(
        default=dict, help_text="the trigger's facts as they stand, mended ones included"
    )
    start_at = models.DateTimeField(help_text="the trigger's event time, or the start of the period")
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True, help_text="when the worker looks at it again")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    late_at = models.DateTimeField(null=True)
    rung = models.PositiveSmallIntegerField(default=0, help_text="rungs of the ladder already passed")
    pauses = models.JSONField(default=list, help_text="[from, to] pairs in which its clock stood still")
    fulfilled_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True, help_text="the entry that fulfilled, voided or excused it")
    told = models.JSONField(
        null=True, help_text="the warning and the rungs of its ladder: who was told, or why nobody"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_by__isnull=True)
                | Q(~Q(state="open"), ended_by__isnull=False),
                name="duty_ended_by_an_entry",
            ),
            models.CheckConstraint(
                condition=Q(state="fulfilled", fulfilled_at__isnull=False)
                | Q(~Q(state="fulfilled"), fulfilled_at__isnull=True),
                name="duty_fulfilled_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "clause"], name="duty_by_subject"),
            models.Index(fields=["next_at"], name="duty_to_look_at", condition=Q(next_at__isnull=False)),
            models.Index(
                fields=["subject", "due_at", "id"], name="duty_open_by_subject", condition=Q(state="open")
            ),
            # All that the wall counts, and what a calendar looks for: a book's month.
            models.Index(
                fields=["book", "due_at", "start_at", "clause", "state", "late_at"], name="duty_by_month"
            ),
            models.Index(
                fields=["role", "office", "due_at"], name="duty_open_by_role", condition=Q(state="open")
            ),
            models.Index(  # what lies with somebody, however much that person has done
                fields=["staff", "due_at"],
                name="duty_open_of_person",
                condition=Q(state="open", staff__isnull=False),
            ),
            # With id and subject, so that what is due is chosen, and what is late known, without the rows.
            models.Index(
                fields=["office", "due_at", "id", "subject"],
                name="duty_due_at_office",
                condition=Q(state="open"),
            ),
            models.Index(
                fields=["due_at", "id", "subject"], name="duty_due_anywhere", condition=Q(state="open")
            ),
        ]

    @property
    def is_late(self) -> bool:
        return self.late_at is not None


class OpenedUntil(models.Model):
    """Up to which day the periods of a community's clauses have been opened, and under which rules of its office."""

    community = models.OneToOneField(Community, models.CASCADE, primary_key=True, related_name="opened")
    until = models.DateField()
    stamp = models.UUIDField(null=True)


class RulesChange(models.Model):
    """An act by which due times may have moved: `stamp` is the one that the offices it touches then carry."""

    stamp = models.UUIDField(primary_key=True)
    office = models.ForeignKey(Office, models.CASCADE, null=True, help_text="none: the whole company")
    entry = models.UUIDField(help_text="the act, in the book")
    by = models.CharField(max_length=80)
    at = models.DateTimeField()


class RulesApplied(models.Model):
    """How far an office's open duties have been gone through since its settings or days changed last."""

    office = models.OneToOneField(Office, models.CASCADE, primary_key=True, related_name="applied")
    stamp = models.UUIDField(null=True)
    version = models.CharField(max_length=64, help_text="of the register and the holiday list")
    due_at = models.DateTimeField(null=True, help_text="up to which due time, and duty, it has come")
    duty = models.UUIDField(null=True)
    moved = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)


class DueMoved(models.Model):
    """That a duty's due time moved because the rules did; the duty's own history, never changed."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="moves")
    stamp = models.UUIDField(null=True, help_text="of the change; none: a new version of the product")
    office = models.ForeignKey(Office, models.CASCADE, db_index=False)
    was = models.DateTimeField()
    due_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["stamp", "office", "id"], name="due_moved_by_stamp")]
