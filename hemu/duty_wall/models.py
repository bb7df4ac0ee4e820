"""How duties stand: one row for each book, clause and month, kept behind the duties; nothing on a page counts them.

A duty belongs to the month in which it is due, at the offices; one without a date to the month in which it began.
"""

from django.db import models
from django.db.models import Q

from hemu.ledger.models import Book


class Touched(models.Model):
    """A month of a book in which some duty changed and that has to be counted again. Triggers write it."""

    id = models.BigAutoField(primary_key=True)
    book = models.CharField(max_length=40)
    month = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["book", "month"], name="touched_month")]


class Counted(models.Model):
    """So many duties that are not void. `late` were open past their due time when it was counted.

    `next_due` is the earliest due time of an open one that was not late then: past it, one more is late.
    """

    late = models.PositiveIntegerField(default=0)
    open = models.PositiveIntegerField(default=0, help_text="the late ones among them")
    met = models.PositiveIntegerField(default=0, help_text="in time")
    met_late = models.PositiveIntegerField(default=0)
    next_due = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Standing(Counted):
    """How the duties of one clause stand in one book in one month."""

    book = models.ForeignKey(Book, models.PROTECT, db_index=False, related_name="+")
    month = models.DateField(help_text="its first day")
    clause = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "month", "clause"], name="standing_once")]
        indexes = [
            models.Index(fields=["clause", "month", "book"], name="standing_of_clause"),
            models.Index(fields=["next_due"], name="standing_next_due", condition=Q(next_due__isnull=False)),
        ]


class AreaStanding(Counted):
    """How the duties of one area of the register stand in one book in one month, those kept by hand apart."""

    book = models.ForeignKey(Book, models.PROTECT, db_index=False, related_name="+")
    month = models.DateField(help_text="its first day")
    area = models.CharField(max_length=4)
    by_hand = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "month", "area", "by_hand"], name="area_standing_once")
        ]
        indexes = [
            models.Index(fields=["month"], name="area_of_month"),
            models.Index(fields=["month"], name="area_open", condition=Q(open__gt=0)),
        ]
