"""A corrective action as it stands now. Its history is the ledger."""

from django.db import models
from django.db.models import Q

from hemu.estate.models import Community, Staff
from hemu.quality.rules import FIGURES, KINDS, OVER, ROUNDS, SOURCES, State


def _choices(codes: object) -> list[tuple[str, str]]:
    return [(str(code), str(code)) for code in codes]  # type: ignore[attr-defined]


_ENDED = sorted(str(state) for state in OVER)


class CorrectiveAction(models.Model):
    """One corrective action; the words in it can be erased."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=40, unique=True)
    community = models.ForeignKey(Community, models.PROTECT, related_name="actions", db_index=False)
    kind = models.CharField(max_length=10, choices=_choices(KINDS))
    source = models.CharField(max_length=12, choices=_choices(SOURCES))
    about = models.CharField(max_length=80, blank=True, help_text="the subject it came from")
    place = models.CharField(max_length=60, blank=True)
    text = models.TextField(help_text="what was found")
    whys = models.JSONField(default=list)
    measure = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=_choices(State))
    version = models.PositiveIntegerField(default=1)
    responsible = models.ForeignKey(Staff, models.PROTECT, related_name="actions")
    done_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(help_text="done and found in order by then")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    again = models.PositiveSmallIntegerField(default=0, help_text="how often it failed or was reopened")
    figure = models.CharField(max_length=12, blank=True, choices=_choices(FIGURES))
    figure_name = models.CharField(max_length=40, blank=True)
    round = models.CharField(max_length=10, blank=True, choices=_choices(ROUNDS))
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    ask_on = models.DateField(null=True, help_text="from this day on the figure is asked for again")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(figure="") | ~Q(before=""), name="action_figure_has_a_value"),
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(ask_on__isnull=False), name="action_figure_is_asked_again"
            ),
        ]
        indexes = [
            models.Index(fields=["community", "-id"], name="action_by_community"),
            models.Index(
                fields=["community", "state", "due_at"],
                name="action_open",
                condition=~Q(state__in=_ENDED),
            ),
            models.Index(fields=["about"], name="action_by_source", condition=~Q(about="")),
            models.Index(fields=["responsible"], name="action_of_person", condition=~Q(state__in=_ENDED)),
            models.Index(fields=["ask_on"], name="action_to_ask", condition=Q(state="verified")),
        ]

    @property
    def subject(self) -> str:
        return f"corrective_action:{self.number}"
