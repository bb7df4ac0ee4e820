"""An issue found, or a thing of an owner's that is kept, as it stands now. Its history is the ledger."""

from django.db import models
from django.db.models import Q

from hemu.estate.models import Community, Home, Staff
from hemu.stewardship.rules import ISSUE, PROPERTY, SUBJECTS, State


class Matter(models.Model):
    """One issue or one thing kept; the words in it can be erased."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=10, choices=[(ISSUE, ISSUE), (PROPERTY, PROPERTY)])
    community = models.ForeignKey(Community, models.PROTECT, related_name="matters", db_index=False)
    home = models.ForeignKey(Home, models.PROTECT, null=True, related_name="matters")
    place = models.CharField(max_length=60, blank=True, help_text="a public place, or where a thing is kept")
    thing = models.CharField(max_length=10, blank=True)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=[(str(each), str(each)) for each in State])
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Staff, models.PROTECT)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="property") | Q(home__isnull=False), name="property_of_a_home"
            )
        ]
        indexes = [
            models.Index(fields=["community", "kind", "-id"], name="matter_by_community"),
            models.Index(fields=["community", "kind"], name="matter_open", condition=~Q(state="ended")),
        ]

    @property
    def subject(self) -> str:
        return f"{SUBJECTS[self.kind]}:{self.id.hex}"
