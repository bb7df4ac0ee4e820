"""Reading how far a community is set up."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from hemu.access.models import Account
from hemu.estate.models import Community, Company, Department, Home, Post, ProfileValue, Shift, Tie
from hemu.estate.operations import COMPANY_NAME, OFFICE_NAME
from hemu.estate.queries import office_rules
from hemu.infra.moments import office_day
from hemu.infra.terms import in_force
from hemu.messaging.channels import CHANNELS, ready_channels
from hemu.service_requests.models import Request
from hemu.setting_up.models import ChannelTest
from hemu.setting_up.rules import Facts, Step, following, steps_of

WEEK = timedelta(days=7)
COUNTED_AT_MOST = 100


def nobody_yet() -> bool:
    """Tell whether the house is empty: nobody has an account."""
    return not Account.objects.exists()


def facts_of(community: Community | None, *, now: datetime) -> Facts:
    """Return what is there for a community; None: before there is one."""
    if community is None:
        return Facts(named=_named(None))
    office, today = community.office, office_day(now)
    here = Q(office=office) | Q(office__isnull=True)
    held = Post.objects.filter(here, in_force(today))
    chosen = set(ProfileValue.objects.filter(here).values_list("key", flat=True))
    known = Tie.objects.filter(home=OuterRef("pk"), until__isnull=True, person__phones__isnull=False)
    homes = Home.objects.filter(community=community)
    departments = Department.objects.filter(office=office).exclude(trade="")
    manned = departments.filter(posts__in=held).annotate(people=Count("posts__staff", distinct=True))
    trades: dict[str, int] = {}
    for trade, people in manned.values_list("trade", "people"):
        trades[trade] = trades.get(trade, 0) + people
    return Facts(
        named=_named(community),
        hours_set="hours.office" in chosen,
        posts=dict(held.values_list("role").annotate(Count("staff", distinct=True)).order_by("role")),
        never_in=Account.objects.filter(staff__posts__in=held, password__startswith="!", is_active=True)
        .distinct()[:COUNTED_AT_MOST]
        .count(),
        homes=homes.count(),
        with_phone=homes.filter(Exists(known)).count(),
        trades=trades,
        shifts=Shift.objects.filter(office=office, ends_at__gt=now, begins_at__lt=now + WEEK)[
            :COUNTED_AT_MOST
        ].count(),
        ready=ready_channels() & set(CHANNELS),
        passed=channels_passed(),
        copy_only=office_rules(office, on=now).settings.messages["owner_channels"] == ["copy"],
        words=Request.objects.filter(community=community)[:COUNTED_AT_MOST].count(),
    )


def _named(community: Community | None) -> frozenset[str]:
    company = Company.objects.first()
    named = {"company"} if company and company.name != COMPANY_NAME else set()
    if community is not None:
        named |= {"community"} | ({"office"} if community.office.name != OFFICE_NAME else set())
    return frozenset(named)


def channels_passed() -> frozenset[str]:
    """Return the channels whose last test message was taken."""
    latest: dict[str, bool] = {}
    for channel, ok in ChannelTest.objects.order_by("tried_at", "id").values_list("channel", "ok"):
        latest[channel] = ok
    return frozenset(channel for channel, ok in latest.items() if ok)


def last_tests() -> dict[str, ChannelTest]:
    """Return the last test of each channel."""
    return {row.channel: row for row in ChannelTest.objects.order_by("tried_at", "id")}


def status_of(community: Community | None, *, now: datetime) -> dict[str, Any]:
    """Return how far a community is set up, as plain values."""
    steps = steps_of(facts_of(community, now=now))
    after = following(steps)
    return {
        "community": community.name if community else None,
        "office": community.office.name if community else None,
        "done": sum(1 for step in steps if step.state == "done"),
        "of": len(steps),
        "next": after.name if after else None,
        "steps": [plain(step) for step in steps],
    }


def plain(step: Step) -> dict[str, Any]:
    """Return a step as plain values."""
    return {"step": step.name, "state": step.state.value, "lacks": list(step.lacks)}
