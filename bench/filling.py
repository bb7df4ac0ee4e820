"""Very many cases: two are taken through the product, then copied inside PostgreSQL by INSERT … SELECT.

python -m bench.filling COUNT WHO     fills up to COUNT cases of three years; one of twenty is still open
"""

import json
import sys
from uuid import uuid4

import django

django.setup()

from django.db import connection, models  # noqa: E402
from django.test import Client  # noqa: E402

from hemu.access.models import Account  # noqa: E402
from hemu.duties.models import Duty  # noqa: E402
from hemu.ledger.models import ClosedWords, Entry  # noqa: E402
from hemu.messaging.models import Message, Outgoing  # noqa: E402
from hemu.service_requests.models import Request  # noqa: E402
from tests.proof.desk import CASES, PATH, REGISTER, form_of_registration, form_of_step  # noqa: E402

OPEN_AFTER = 3
COPIED: list[tuple[type[models.Model], str]] = [
    (Request, "row.number = %(number)s"),
    (Entry, "row.subject = %(subject)s"),
    (ClosedWords, "row.entry_id IN (SELECT id FROM ledger_entry WHERE subject = %(subject)s)"),
    (Duty, "row.subject = %(subject)s"),
    (Outgoing, "row.subject = %(subject)s"),
    (Message, "row.subject = %(subject)s"),
]
"""The tables of a case, and which of their rows belong to the one that is copied."""
NAMING = {"number", "subject"}
POINTING = {"trigger", "ended_by", "entry"}
# A copy's id carries the copy's time and follows from the original's id, so that rows still point at each other.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION pg_temp.copied_id(original uuid, n int, shift interval) RETURNS uuid
  LANGUAGE sql IMMUTABLE AS $$ SELECT (
    lpad(to_hex(('x' || left(replace(original::text, '-', ''), 12))::bit(48)::bigint
      + (extract(epoch FROM shift) * 1000)::bigint), 12, '0')
    || '7' || left(md5(original::text || n), 3) || '8' || right(md5(original::text || n), 15))::uuid $$
"""
FILLING = """
CREATE TEMP TABLE filling AS
  SELECT n::int, 'BENCH-1999-' || lpad(n::text, greatest(5, length(n::text)), '0') AS number, n %% 20 = 0 AS open,
    -interval '3 years' * (1 - n::float / %(count)s) AS shift
  FROM generate_series(%(first)s::int, %(count)s::int) AS n
"""


def fill(count: int, who: dict[str, str]) -> None:
    """Fill up to ``count`` cases and let the planner see them."""
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        cursor.execute(FILLING, {"count": count, "first": Request.objects.count() + 1})
        for number, is_open in ((take(who, len(PATH)), False), (take(who, OPEN_AFTER), True)):
            for model, which in COPIED:
                values: dict[str, str | bool] = {
                    "number": number,
                    "subject": f"request:{number}",
                    "open": is_open,
                }
                cursor.execute(copying(model, which), values)
        cursor.execute("DROP TABLE filling")
        cursor.execute("VACUUM ANALYZE")


def take(who: dict[str, str], length: int) -> str:
    """Register a case and take it that many steps along its path; return its number."""
    client = Client()
    client.force_login(Account.objects.get(login=who["login"]))
    answer = client.post(
        REGISTER, form_of_registration(who, marker="bench", type="complaint", key=uuid4().hex)
    )
    number = answer.headers["Location"].strip("/").rpartition("/")[2]
    for version, step in enumerate(PATH[:length], start=1):
        form = form_of_step(who, step) | {"version": str(version), "key": uuid4().hex}
        answer = client.post(f"{CASES}{number}/step/", form)
        if answer.status_code != 302:
            raise RuntimeError(f"{step}: {answer.status_code}")
    return number


def copying(model: type[models.Model], which: str) -> str:
    """Return the statement that copies a case's rows of one table once for each row of `filling`."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table = model._meta.db_table
    return (
        f"INSERT INTO {table} ({columns}) SELECT {', '.join(map(copied, fields))}"
        f" FROM {table} AS row CROSS JOIN filling WHERE {which} AND filling.open = %(open)s ORDER BY filling.n"
    )


def copied(field: "models.Field[object, object]") -> str:
    """Return what stands in a column of a copy."""
    column = f'row."{field.column}"'
    if field.name in POINTING or (field.name == "id" and isinstance(field, models.UUIDField)):
        return f"pg_temp.copied_id({column}, filling.n, filling.shift)"
    if isinstance(field, models.DateTimeField):
        return f"{column} + filling.shift"
    if field.name in NAMING:
        return f"replace({column}, %(number)s, filling.number)"
    if field.name == "key":
        return f"{column} || ':' || filling.n"
    return column


if __name__ == "__main__":
    fill(int(sys.argv[1]), json.loads(sys.argv[2]))
