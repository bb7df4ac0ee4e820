"""Slowing down guessers without locking anybody out; weighed before the password is hashed."""

from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Greatest

from hemu.infra.models import LoginAttempt
from hemu.infra.transaction import operation

FREE_TRIES = {"pair": 3, "address": 30, "code": 5}
"""An office shares one address: it takes many failures there before everybody in it waits."""
LONGEST = {"code": timedelta(minutes=15)}
"""Six digits are few: whoever knows the password already and guesses at the code waits longer and longer."""
LONGEST_USUAL = timedelta(seconds=30)
FORGET_AFTER = timedelta(minutes=15)


def wait_after(failures: int, free: int, longest: timedelta = LONGEST_USUAL) -> timedelta:
    """Return how long the next try waits after that many failures: nothing for the free ones, then 1, 2, 4 … 30 s."""
    if failures <= free:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures - free - 1, 12)), longest)


def seconds_to_wait(*, login: str, address: str, now: datetime) -> int:
    """Return for how many seconds a try of this login from this address is not weighed yet; 0 is at once."""
    return seconds_until_free(_subjects(login, address), now=now)


def seconds_until_free(subjects: list[str], *, now: datetime) -> int:
    """Return for how many seconds a try under any of these subjects is not weighed yet; 0 is at once."""
    rows = LoginAttempt.objects.filter(subject__in=subjects, free_at__gt=now)
    latest = max((row.free_at for row in rows), default=now)
    return -int(-(latest - now).total_seconds() // 1)


@operation
def note_failure(*, login: str, address: str, now: datetime) -> None:
    """Count a failure against login and address together: a stranger elsewhere cannot slow the owner down."""
    count_failure(_subjects(login, address), now=now)


@operation
def count_failure(subjects: list[str], *, now: datetime) -> None:
    """Count a failure under each of these subjects; what stands before the colon names the rule."""
    for subject in subjects:
        kind = subject.partition(":")[0]
        row, _ = LoginAttempt.objects.get_or_create(
            subject=subject, defaults={"free_at": now, "last_at": now}
        )
        forgotten = now - row.last_at > FORGET_AFTER
        failures = 1 if forgotten else row.failures + 1
        LoginAttempt.objects.filter(subject=subject).update(
            failures=1 if forgotten else F("failures") + 1,
            free_at=Greatest(
                F("free_at"),
                now + wait_after(failures, FREE_TRIES[kind], LONGEST.get(kind, LONGEST_USUAL)),
            ),
            last_at=now,
        )


@operation
def note_success(*, login: str, address: str) -> None:
    """Forget the failures of this login from this address."""
    LoginAttempt.objects.filter(subject=_pair(login, address)).delete()


@operation
def forget_failures(subject: str) -> None:
    """Forget what was counted under one subject."""
    LoginAttempt.objects.filter(subject=subject).delete()


def _subjects(login: str, address: str) -> list[str]:
    return [_pair(login, address), f"address:{address}"[:120]]


def _pair(login: str, address: str) -> str:
    return f"pair:{address}:{login}"[:120]
