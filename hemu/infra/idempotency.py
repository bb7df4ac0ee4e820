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
    row = IdempotentAnswer(account=account, key=key, digest=digest, created_at=now)
    # The unique key makes a second transaction wait here until the first has ended.
    if not _inserted(row, wait=wait):
        kept = IdempotentAnswer.objects.filter(account=account, key=key).first()
        if kept is None:
            raise RuleViolation("key.in_use")
        if kept.digest != digest:
            raise RuleViolation("key.other_body")
        return dict(kept.answer or {})
    answer = act()
    _keep(row, answer)
    return answer


def _keep(row: IdempotentAnswer, answer: dict[str, Any]) -> None:
    written = IdempotentAnswer._meta.get_field("answer").get_db_prep_save(answer, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {IdempotentAnswer._meta.db_table} SET answer = %s WHERE account = %s AND key = %s",
            [written, row.account, row.key],
        )


def _inserted(row: IdempotentAnswer, *, wait: bool) -> bool:
    """Put the row in; False where the key is kept already, or where not to wait and another transaction is at it."""
    values: list[Any] = [
        row.account,
        row.key,
        row.digest,
        connection.ops.adapt_datetimefield_value(row.created_at),
    ]
    asked = "VALUES (%s, %s, %s, %s)"
    if not wait and connection.vendor == "postgresql":
        # One statement takes the key until the end of the transaction, and the row only where it was free.
        asked = (
            "SELECT %s, %s, %s, %s::timestamptz"
            " FROM (SELECT pg_try_advisory_xact_lock(%s) AS free OFFSET 0) AS lock WHERE lock.free"
        )
        values.append(_number_of(row.account, row.key))
    with connection.cursor() as cursor:  # the ORM does not say whether a conflict was passed over
        cursor.execute(
            f"INSERT INTO {IdempotentAnswer._meta.db_table} (account, key, digest, created_at)"
            f" {asked} ON CONFLICT DO NOTHING",
            values,
        )
        return bool(cursor.rowcount == 1)


def _number_of(account: str, key: str) -> int:
    digest = hashlib.sha256(f"{account}\0{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
