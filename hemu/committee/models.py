"""The owners' committee of a community: who sits on it in which term, who helps a member, who speaks with it."""

from django.db import models
from django.db.models import F, Q

from hemu.committee.rules import LEAVINGS, Post
from hemu.estate.models import Community, Person, Staff


def _choices(codes: object) -> list[tuple[str, str]]:
    return [(str(code), str(code)) for code in codes]  # type: ignore[attr-defined]


class Member(models.Model):
    """One term of one person; a new term is a new row."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Community, models.PROTECT, related_name="members", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    post = models.CharField(max_length=10, choices=_choices(Post))
    since = models.DateField()
    until = models.DateField(help_text="the last day of the term")
    left_on = models.DateField(null=True, help_text="from this day on they sit no more")
    left_why = models.CharField(max_length=12, blank=True, choices=_choices(LEAVINGS))
    election = models.TextField(
        blank=True, help_text="the record of the election: when, by what vote, filed where"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="member_term_forward"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True, left_why="") | (Q(left_on__isnull=False) & ~Q(left_why="")),
                name="member_left_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["community", "until"], name="member_by_community")]

    @property
    def subject(self) -> str:
        return f"committee_member:{self.id}"


class Helper(models.Model):
    """Whom a member named to read and write here in the member's place; erasable."""

    id = models.UUIDField(primary_key=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="helpers")
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, db_index=True)
    since = models.DateField()
    until = models.DateField(null=True, help_text="from this day on they help no more")


class Liaison(models.Model):
    """Who of the office speaks with the committee from a day on; the latest counts."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Community, models.PROTECT, related_name="liaisons", db_index=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False)
    since = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["community", "-since"], name="liaison_by_community")]
