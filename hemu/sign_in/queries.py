"""Reading what the door asks of somebody."""

from datetime import date, datetime

from hemu.access.models import Account
from hemu.estate.models import Company, Office, Post, Staff
from hemu.estate.queries import office_rules
from hemu.infra.moments import office_day
from hemu.infra.terms import in_force
from hemu.sign_in.models import RecoveryCode, SecondFactor
from hemu.sign_in.rules import factor_due


def has_factor(account: Account) -> bool:
    """Tell whether a second factor guards this account."""
    return SecondFactor.objects.filter(account=account, confirmed_at__isnull=False).exists()


def factor_due_for(staff: Staff, *, now: datetime) -> date | None:
    """Return the day from which this person does not get in without a second factor; None: never.

    A post of the whole company follows the company's word; where offices differ, the earliest day counts.
    """
    today = office_day(now)
    posts = Post.objects.filter(in_force(today), staff=staff)
    days = []
    for post in posts.select_related("office"):
        office = post.office or Office.objects.order_by("id").first()
        if office is None:
            continue
        asked = office_rules(office, on=now).settings.sign_in
        begins = asked["second_factor_from"]
        days.append(
            factor_due(
                {post.role: post.since},
                roles=frozenset(asked["second_factor_roles"]),
                begins=date.fromisoformat(begins) if begins else None,
                grace_days=asked["second_factor_grace_days"],
            )
        )
    return min((day for day in days if day), default=None)


def recovery_codes_left(account: Account) -> int:
    """Return how many recovery codes are not used yet."""
    return RecoveryCode.objects.filter(account=account, used_at__isnull=True).count()


def book_of(staff: Staff) -> str:
    """Return the book in which acts about a person's ways in are written: the first office's, else the company's."""
    post = (
        Post.objects.filter(staff=staff, office__isnull=False).select_related("office").order_by("id").first()
    )
    if post is not None and post.office is not None:
        return post.office.book_id
    return Company.objects.values_list("book_id", flat=True).get()
