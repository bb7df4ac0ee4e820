"""The same key twice does one thing: the answer is kept in the transaction of the act it answers."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection

from hemu.foundation.errors import RuleViolation
from hemu.foundation.merkle import canonical_json
from hemu.infra.models import IdempotentAnswer
from hemu.infra.transaction import operation

KEY_LENGTH = 255


@operation
def once(
    *,
    account: str,
    key: str,
    body: object,
    now: datetime,
    act: Callable[[], dict[str, Any]],
    wait: bool = True,
) -> dict[str, Any]:
    """Run ``act`` and keep its answer under ``key``; a second call with that key returns the kept answer.

    Args:
        account: who owns the key; keys of different accounts never meet.
        key: up to 255 characters; empty means the caller asks for no protection.
        body: what the call asks, as plain JSON values; another body under the same key is refused.
        wait: whether to wait for a call with this key that is still at it; else it is refused. SQLite has one
            writer at a time, which waits in either case.

    Raises:
        RuleViolation: ``key.too_long``, ``key.other_body``, ``key.in_use``.
    """
    if not key:
        return act()
    if len(key) > KEY_LENGTH:
        raise RuleViolation("key.too_long", limit=KEY_LENGTH)
    digest = hashlib.sha256(canonical_json(body)).hexdigest()
    if not wait and not _free(account, key):
        raise RuleViolation("key.in_use")
    row = IdempotentAnswer(account=account, key=key, digest=digest, created_at=now)
    # The unique key makes a second transaction wait here until the first has ended.
    if not _inserted(row):
        kept = IdempotentAnswer.objects.get(account=account, key=key)
        if kept.digest != digest:
            raise RuleViolation("key.other_body")
        return dict(kept.answer or {})
    answer = act()
    IdempotentAnswer.objects.filter(account=account, key=key).update(answer=answer)
    return answer


def _free(account: str, key: str) -> bool:
    """Take the key until the end of the transaction; False where another transaction has it."""
    if connection.vendor != "postgresql":
        return True
    number = int.from_bytes(hashlib.sha256(f"{account}\0{key}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def _inserted(row: IdempotentAnswer) -> bool:
    created_at = connection.ops.adapt_datetimefield_value(row.created_at)
    with connection.cursor() as cursor:  # the ORM does not say whether a conflict was passed over
        cursor.execute(
            f"INSERT INTO {IdempotentAnswer._meta.db_table} (account, key, digest, created_at)"
            " VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [row.account, row.key, row.digest, created_at],
        )
        return bool(cursor.rowcount == 1)
