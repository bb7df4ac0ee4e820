"""The return visit as it stands now: a case of its own about a request. Its history is the ledger."""

from django.db import models
from django.db.models import Q

from hemu.estate.models import Community, Staff
from hemu.return_visits.rules import ATTITUDES, CLASSES, TIMELINESS, WAITING, Result, State
from hemu.service_requests.models import Request


def _codes(values: object) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]  # type: ignore[attr-defined]


class ReturnVisit(models.Model):
    """One return visit; a request has at most one open at a time.

    `number` is the request's with a mark: R and the version of the request that gave rise to it, or H1, H2 … for
    those opened by hand.
    """

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=40, unique=True)
    request = models.ForeignKey(Request, models.PROTECT, related_name="return_visits")
    community = models.ForeignKey(Community, models.PROTECT, related_name="return_visits", db_index=False)
    kind = models.CharField(max_length=12, choices=_codes(CLASSES))
    state = models.CharField(max_length=12, choices=_codes(State), default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    role = models.CharField(max_length=30, help_text="the post that owes it")
    trigger = models.UUIDField(help_text="the entry that gave rise to it")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(
        null=True, help_text="of the duty it fulfils, then of the answer promised; null: no clause sets one"
    )
    tries_count = models.PositiveSmallIntegerField(
        default=0, help_text="different days without reaching them"
    )
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="return_visits")
    independent = models.BooleanField(null=True, help_text="done by somebody who had no part in the work")
    result = models.CharField(max_length=12, choices=_codes(Result), blank=True)
    attitude = models.CharField(max_length=8, choices=_codes(ATTITUDES), blank=True)
    timely = models.CharField(max_length=8, choices=_codes(TIMELINESS), blank=True)
    ended_by = models.UUIDField(null=True, help_text="the entry that voided it")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(state="open"), name="return_visit_open_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=("done", "promised", "answered"),
                    done_at__isnull=False,
                    independent__isnull=False,
                )
                & ~Q(result="")
                | Q(state__in=("open", "unreachable", "void"), done_at__isnull=True, result=""),
                name="return_visit_done_with_a_result",
            ),
            models.CheckConstraint(
                condition=Q(state="void", ended_by__isnull=False)
                | ~Q(state="void") & Q(ended_by__isnull=True),
                name="return_visit_void_by_an_entry",
            ),
        ]
        indexes = [
            models.Index(
                fields=["community", "due_at", "id", "request", "state"],
                name="return_visit_queue",
                condition=Q(state__in=sorted(WAITING)),
            ),
            models.Index(
                fields=["due_at", "id", "request", "state"],
                name="return_visit_queue_anywhere",
                condition=Q(state__in=sorted(WAITING)),
            ),
            models.Index(
                fields=["role", "due_at", "id"],
                name="return_visit_waiting_of_role",
                condition=Q(state__in=sorted(WAITING)),
            ),
            models.Index(fields=["community", "state", "-id"], name="return_visit_by_state"),
            models.Index(fields=["state", "-id"], name="return_visit_state_anywhere"),
            models.Index(fields=["community", "-id"], name="return_visit_by_community"),
        ]

    @property
    def subject(self) -> str:
        """The subject of its entries: the request, so that the request's duties know them."""
        return self.request.subject
