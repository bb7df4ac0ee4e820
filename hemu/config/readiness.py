"""``hemu check``: whether the ground is sound, and with ``--deploy`` whether a server may stand on it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection

from hemu.config.archive import BEAT
from hemu.config.schema import schema
from hemu.config.worker import NAME as WORKER
from hemu.foundation.errors import RuleViolation
from hemu.infra.models import Heartbeat

BACKUP_WITHIN = timedelta(hours=26)
"""A backup a day, and two hours for a day that is late."""
HEARD_WITHIN = timedelta(minutes=5)
OFFICE_TIME = "Asia/Shanghai"


def shortcomings(*, deploy: bool, now: datetime) -> list[tuple[str, RuleViolation | str]]:
    """Return what is wrong, as pairs of a code and its refusal, or its words where Django found it.

    Args:
        deploy: ask also for what only a server must have: https, proxies, durable writes, worker, backup.
    """
    found: list[tuple[str, RuleViolation | str]] = []
    found += [(each.code, each) for each in _of_the_database(now, deploy)]
    if deploy:
        found += [(each.code, each) for each in _of_the_settings()]
    if any(code in ("server.database", "server.behind") for code, _ in found):
        return found  # the checks of the tables have nothing to look at
    messages = checks.run_checks(include_deployment_checks=deploy, databases=["default"])
    return found + [
        (str(each.id), str(each.msg))
        for each in messages
        if each.level >= checks.WARNING and not each.is_silenced()
    ]


def _of_the_settings() -> Iterator[RuleViolation]:
    if not settings.HTTPS:
        yield RuleViolation("server.no_https")
    if "*" in settings.ALLOWED_HOSTS or not set(settings.ALLOWED_HOSTS) - {"127.0.0.1", "localhost"}:
        yield RuleViolation("server.any_host")
    if not settings.TRUSTED_PROXIES:
        yield RuleViolation("server.no_proxy")
    if not settings.PUBLIC_URL.startswith("https://"):
        yield RuleViolation("server.no_url")
    if settings.TIME_ZONE != OFFICE_TIME:
        yield RuleViolation("server.time_zone", wanted=OFFICE_TIME)
    if settings.LOG_FORM == "full":
        yield RuleViolation("server.log_words")
    for path in (settings.HOME, settings.HOME / "secret.key"):
        if _is_open_to_others(path):
            yield RuleViolation("server.open_file", file=str(path))
    if (settings.HOME / "demo.json").exists():
        yield RuleViolation("server.demonstration")


def _is_open_to_others(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & 0o007)


def _of_the_database(now: datetime, deploy: bool) -> Iterator[RuleViolation]:
    try:
        stands = schema()
        if stands.behind or stands.ahead:
            yield RuleViolation("server.behind" if stands.behind else "database.ahead")
        elif deploy:
            yield from _of_the_running(now)
    except DatabaseError:
        yield RuleViolation("server.database")


def _of_the_running(now: datetime) -> Iterator[RuleViolation]:
    beats = dict(Heartbeat.objects.values_list("name", "beat_at"))
    if WORKER not in beats or now - beats[WORKER] > HEARD_WITHIN:
        yield RuleViolation("server.no_worker")
    if BEAT not in beats or now - beats[BEAT] > BACKUP_WITHIN:
        yield RuleViolation("server.no_backup", hours=int(BACKUP_WITHIN.total_seconds()) // 3600)
    if connection.vendor == "postgresql":
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_setting(%s)", [name])
                if cursor.fetchone()[0] == "off":
                    yield RuleViolation("server.not_durable", setting=name)
