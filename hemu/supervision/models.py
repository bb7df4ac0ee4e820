"""What supervising needs beside the book: views of the list under a name, the columns last exported."""

from django.db import models
from django.db.models import Q

from hemu.estate.models import Office, Staff
from hemu.supervision.rules import NAMES


class NamedView(models.Model):
    """Filters of the list of cases under a name: one's own, or shared with an office."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=40)
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="views", db_index=False)
    office = models.ForeignKey(
        Office, models.CASCADE, null=True, related_name="views", help_text="shared with"
    )
    filters = models.JSONField(help_text="name → text, as the address carries them")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "name"], condition=Q(office__isnull=True), name="view_own_once"
            ),
            models.UniqueConstraint(
                fields=["office", "name"], condition=Q(office__isnull=False), name="view_shared_once"
            ),
        ]
        indexes = [models.Index(fields=["staff"], name="view_by_staff")]

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in the order of the page; the database keeps none."""
        return {name: self.filters[name] for name in NAMES if name in self.filters}


class ExportChoice(models.Model):
    """The columns that somebody exported last."""

    staff = models.OneToOneField(Staff, models.CASCADE, primary_key=True, related_name="export_choice")
    columns = models.JSONField()


class MorningSheet(models.Model):
    """The morning sheet of an office as it stood when it was told of: numbers of cases and counts, no words."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="morning_sheets")
    day = models.DateField()
    made_at = models.DateTimeField()
    facts = models.JSONField(help_text="as queries_morning.Sheet")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "day"], name="morning_sheet_once")]
