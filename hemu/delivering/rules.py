"""When a notice goes out by message, and whose consent an emergency broadcast asks. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from hemu.foundation.errors import RuleViolation
from hemu.messaging.rules import out_of_quiet

CLOSES = timedelta(minutes=1)
"""So long before it goes out a bundle takes nothing more in."""
BEGINS = timedelta(hours=2)
"""So long before they go out the messages are laid ready: with the people bound to the homes on that day."""
SOON = timedelta(days=1)
"""Works that begin within a day are told of at the next fitting moment, not with the next bundle."""
CONSENT_AGE = timedelta(hours=12)


@dataclass(frozen=True)
class Sending:
    """When messages go out.

    Attributes:
        bundled: with whatever else goes to the same person at that moment, as one message.
    """

    at: datetime
    bundled: bool


def sending_of(
    *,
    now: datetime,
    earliest: datetime,
    soon: bool,
    emergency: bool,
    slots: Sequence[str],
    quiet: str,
    zone: tzinfo,
) -> Sending:
    """Return when a notice goes out: an emergency at once, what is soon at the next fitting moment, the rest bundled.

    Args:
        earliest: the beginning of the day from which it hangs.
        soon: it cannot wait for a bundle.
        slots: the times of day at which bundles go out (profile: messages.notices_at); none: nothing is bundled.
        quiet: ``21:00-08:00``; nothing but an emergency goes out then.
    """
    if emergency:
        return Sending(now, bundled=False)
    moment = max(now, earliest)
    if not soon:
        for days in (0, 1, 2):
            for at in _slots_of(moment, days, slots, zone):
                if at - CLOSES > moment and out_of_quiet(at, quiet=quiet, zone=zone) == at:
                    return Sending(at, bundled=True)
    return Sending(out_of_quiet(moment, quiet=quiet, zone=zone), bundled=False)


def _slots_of(moment: datetime, days: int, slots: Sequence[str], zone: tzinfo) -> list[datetime]:
    day = moment.astimezone(zone).date() + timedelta(days=days)
    return [datetime.combine(day, time.fromisoformat(each), zone) for each in sorted(slots)]


def cannot_wait(*, now: datetime, works_begin: datetime | None, corrects: bool) -> bool:
    """Tell whether a notice is told of without waiting for a bundle: works within a day, a correction of what was told."""
    return corrects or (works_begin is not None and works_begin - now < SOON)


def check_consent(at: datetime | None, *, now: datetime) -> datetime:
    """Return when consent to a broadcast was heard by phone: before it, and not long before.

    Raises:
        RuleViolation: ``broadcast.no_time``, ``broadcast.in_future``, ``broadcast.too_old`` (hours).
    """
    if at is None:
        raise RuleViolation("broadcast.no_time")
    if at > now:
        raise RuleViolation("broadcast.in_future")
    if now - at > CONSENT_AGE:
        raise RuleViolation("broadcast.too_old", hours=int(CONSENT_AGE.total_seconds() // 3600))
    return at
