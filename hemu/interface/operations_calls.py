"""The calls of a minute, shared by all web processes of all machines."""

from uuid import UUID

from django.db import connection

from hemu.interface.models import CallsTaken

_TAKE = """
INSERT INTO {table} AS kept (token_id, minute, taken) VALUES (%s, %s, %s)
ON CONFLICT (token_id) DO UPDATE SET
  taken = excluded.taken + CASE WHEN kept.minute < excluded.minute THEN 0 ELSE kept.taken END,
  minute = CASE WHEN kept.minute < excluded.minute THEN excluded.minute ELSE kept.minute END
WHERE kept.minute < excluded.minute OR kept.taken + excluded.taken <= %s
"""


def take_calls(*, token: UUID, minute: int, count: int, most: int) -> bool:
    """Take so many calls of a token's minute; False, and nothing taken, where there are not so many left.

    One conditional statement: no two processes take the same calls. A process whose clock is behind takes from the
    minute that has begun elsewhere.

    Args:
        minute: the calendar minute since 1970.
        count: 1 to ``most``.
    """
    number = token.hex if connection.vendor == "sqlite" else token
    with connection.cursor() as cursor:  # the ORM has no conditional upsert
        cursor.execute(_TAKE.format(table=CallsTaken._meta.db_table), [number, minute, count, most])
        return bool(cursor.rowcount == 1)
