"""What holds from one day to another: posts, ties, rules, absences. Both days count; without a last day it goes on."""

from datetime import date

from django.db.models import Q


def in_force(day: date) -> Q:
    """Return the condition that a row with ``since`` and ``until`` holds on a day."""
    return Q(since__lte=day) & _not_over(day)


def in_force_or_undated(day: date) -> Q:
    """The same where the first day may be unknown, as a roster leaves it."""
    return (Q(since__isnull=True) | Q(since__lte=day)) & _not_over(day)


def _not_over(day: date) -> Q:
    return Q(until__isnull=True) | Q(until__gte=day)
