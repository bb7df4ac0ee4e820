"""Very many cases: a few are taken through the product, then copied inside the database by INSERT … SELECT.

python -m bench.filling COUNT     fills an empty database with COUNT cases over COUNT/2,000 communities

2 % of them are open, all of the last third of a year; each has three entries, and the duties, messages, leaves and
tokens such a case has. A copy's columns are as the product writes them but for the digests, which nobody verifies
here. On PostgreSQL the indexes are built anew after the rows are in, which is what a `pg_restore` does.
"""

import json
import sys

import django

django.setup()

from django.db import connection, models  # noqa: E402

from bench import dialects  # noqa: E402
from bench.originals import OPEN, PER_COMMUNITY, Company, found_company_of  # noqa: E402
from bench.sentences import RARE, SENTENCES, SOME, tokens  # noqa: E402
from hemu.duties.models import Duty  # noqa: E402
from hemu.estate.models import Home  # noqa: E402
from hemu.infra.models import SearchMark, SearchToken  # noqa: E402
from hemu.ledger.models import ClosedWords, Entry, Leaf, Seal, Unsealed  # noqa: E402
from hemu.messaging.models import Message, Outgoing  # noqa: E402
from hemu.return_visits.models import ReturnVisit  # noqa: E402
from hemu.service_requests.models import Request  # noqa: E402
from hemu.service_requests.queries_search import MARK  # noqa: E402

HOMES = 200
SEALED_TOGETHER, UNSEALED = 100, 60
OF_SUBJECT = "row.subject = 'request:' || filling.original"
COPIED: list[tuple[type[models.Model], str, str]] = [
    (Request, "{table} AS row", "row.number = filling.original"),
    (Entry, "{table} AS row", OF_SUBJECT),
    (ClosedWords, "ledger_entry AS told JOIN {table} AS row ON row.entry_id = told.id",
     "told.subject = 'request:' || filling.original"),
    (Duty, "{table} AS row", OF_SUBJECT),
    (Outgoing, "{table} AS row", OF_SUBJECT),
    (Message, "{table} AS row", OF_SUBJECT),
    (ReturnVisit, "service_requests_request AS told JOIN {table} AS row ON row.request_id = told.id",
     "told.number = filling.original AND filling.visited = row.state"),
]  # fmt: skip
"""The tables of a case, how its rows in them are found, and which of them belong to the one that is copied."""
SAID = "@said@"
POINTING = {"trigger", "ended_by", "entry", "request"}
REPLACED = {"community": "community", "book": "book", "office": "office", "home": "home"}
PERSON = {"handler", "staff"}


def fill(count: int) -> dict[str, object]:
    """Fill an empty database and let the planner see it; return what a measurement asks for."""
    communities = max(1, count // PER_COMMUNITY)
    company = found_company_of(communities, said=SAID)
    with connection.cursor() as cursor, dialects.filling(cursor):
        _lay_out(cursor, company, count, communities)
        for model, rows, which in COPIED:
            cursor.execute(_copying(model, rows, which, company))
        cursor.execute(_homes(communities))
        cursor.execute(_tokens())
        cursor.execute(
            "UPDATE duties_duty SET late_at = due_at WHERE state = 'open' AND due_at < %s", [company.now]
        )
        _seal(cursor, company)
        for table in ("filling", "place", "sentence", "token"):
            cursor.execute(f"DROP TABLE {table}")
    SearchMark.objects.update_or_create(name=MARK, defaults={"upto": Request.objects.latest("id").id})
    with connection.cursor() as cursor:
        dialects.settle(cursor)
    return {**company.asked, "cases": Request.objects.count(), "communities": communities}


def _lay_out(cursor: "dialects.Cursor", company: Company, count: int, communities: int) -> None:
    """Write down what each copy is: whose, when, what is said in it, and which case it is a copy of."""
    dialects.table(cursor, "place", dialects.PLACE, company.places)
    dialects.table(cursor, "sentence", dialects.SENTENCE, list(enumerate(SENTENCES)))
    dialects.table(cursor, "token", dialects.TOKEN, tokens())
    originals = " ".join(
        f"WHEN {condition} THEN '{company.originals[name]}'" for name, condition in OPEN.items()
    )
    home = dialects.named_id("'home:' || place || ':' || h")
    cursor.execute(
        "CREATE TEMP TABLE filling AS"
        " SELECT n, k, number, shift, community, book, office, person, person_key, sentence,"
        f" said, original, {home} AS home,"
        " CASE WHEN original = %s AND k %% 10 = 1 THEN 'done'"
        "  WHEN original = %s AND k %% 10 = 2 AND k >= 1800 THEN 'open' ELSE '' END AS visited"
        " FROM (SELECT n, k, place, h, code || '-2025-' || lpad(CAST(k + 1 AS text), 5, '0') AS number,"
        f" {dialects.shift(count)} AS shift, community, book, office, person, person_key, sentence.id AS sentence,"
        f" words AS said, CASE {originals} END AS original FROM"
        f" (SELECT n, n / {communities} AS k, n %% {communities} AS place, (n / {communities}) %% {HOMES} AS h,"
        f" CASE WHEN n / {communities} = 777 AND n %% {communities} %% 5 = 1 THEN {RARE}"
        f"  WHEN n / {communities} %% 100 = 50 THEN {SOME}"
        f"  ELSE (n / {communities} * 7 + n %% {communities}) %% {min(RARE, SOME)} END AS s"
        f" FROM {dialects.series(count)} AS s) AS numbers"
        " JOIN place ON place.id = numbers.place JOIN sentence ON sentence.id = numbers.s) AS cases ORDER BY n",
        [company.originals["repair_home"]] * 2,
    )  # fmt: skip
    cursor.execute("ANALYZE filling" if connection.vendor == "postgresql" else "SELECT 1")


def _copying(model: type[models.Model], rows: str, which: str, company: Company) -> str:
    """Return the statement that copies the rows of one table for each row of `filling`, in their order."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table = model._meta.db_table
    values = ", ".join(_copied(field, company) for field in fields)
    rows = rows.format(table=table)
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM filling CROSS JOIN {rows} WHERE {which}"


def _copied(field: "models.Field[object, object]", company: Company) -> str:
    """Return what stands in a column of a copy."""
    column = f'row."{field.column}"'
    if field.name in POINTING or (field.name == "id" and isinstance(field, models.UUIDField)):
        return dialects.copied_id(column)
    if field.name in REPLACED:
        return f"CASE WHEN {column} IS NULL THEN NULL ELSE filling.{REPLACED[field.name]} END"
    if field.name in PERSON:
        return (
            f"CASE WHEN {column} = {dialects.literal(company.person)} THEN filling.person ELSE {column} END"
        )
    if isinstance(field, models.DateTimeField):
        return dialects.moved(column)
    if field.name in ("number", "subject"):
        return f"replace({column}, filling.original, filling.number)"
    if field.name == "text":
        return "filling.said"
    if isinstance(field, models.JSONField):
        told = f"replace({dialects.as_text(column)}, '{SAID}', filling.said)"
        told = f"replace({told}, '{company.person}', filling.person_key)"
        return dialects.as_json(f"replace({told}, filling.original, filling.number)")
    if field.name == "key":
        return f"{column} || ':' || filling.n"
    return column


def _homes(communities: int) -> str:
    columns = {
        "id": dialects.named_id("'home:' || place.id || ':' || h.n"),
        "community_id": "place.community",
        "building": "CAST(h.n / 50 + 1 AS text)",
        "unit": "'1'",
        "room": "CAST((h.n % 50 / 2 + 1) * 100 + h.n % 2 + 1 AS text)",
        "written": "(h.n / 50 + 1) || '-1-' || ((h.n % 50 / 2 + 1) * 100 + h.n % 2 + 1)",
        "occupancy": "'occupied'",
        "flags": "'[]'",
        "imported": "'{}'",
        "parking": "''",
        "remark": "''",
    }
    names = ", ".join(columns)
    assert {field.column for field in Home._meta.concrete_fields if not field.null} <= set(columns)
    return (
        f"INSERT INTO estate_home ({names}) SELECT {', '.join(columns.values())}"
        f" FROM place CROSS JOIN {dialects.series(HOMES)} AS h"
    )


def _tokens() -> str:
    copied = dialects.copied_id("row.id")
    return (
        f"INSERT INTO {SearchToken._meta.db_table} (token, scope, target)"
        f" SELECT token.token, filling.community, {copied} FROM filling"
        " CROSS JOIN service_requests_request AS row JOIN token ON token.sentence = filling.sentence"
        " WHERE row.number = filling.original"
    )


def _seal(cursor: "dialects.Cursor", company: Company) -> None:
    """Seal all but the newest entries, a hundred together, as hours would."""
    cursor.execute(f"DELETE FROM {Leaf._meta.db_table}")
    cursor.execute(f"DELETE FROM {Seal._meta.db_table}")
    cursor.execute(f"SELECT count(*) FROM {Entry._meta.db_table}")
    seals = max(1, (cursor.fetchone()[0] - UNSEALED) // SEALED_TOGETHER)
    cursor.execute(
        f"INSERT INTO {Seal._meta.db_table} (number, size, total, root, previous, head, sealed_at)"
        f" SELECT s.n + 1, {SEALED_TOGETHER}, (s.n + 1) * {SEALED_TOGETHER}, %s, %s, %s, {dialects.sealed_at(seals)}"
        f" FROM {dialects.series(seals)} AS s",
        ["0" * 64] * 3 + [company.now],
    )
    cursor.execute(
        f"INSERT INTO {Leaf._meta.db_table} (entry_seq, seal_id, position)"
        f" SELECT seq, at / {SEALED_TOGETHER} + 1, at %% {SEALED_TOGETHER} FROM"
        f" (SELECT seq, row_number() OVER (ORDER BY seq) - 1 AS at FROM {Entry._meta.db_table}) AS entries"
        f" WHERE at < %s",
        [seals * SEALED_TOGETHER],
    )
    waiting = Unsealed._meta.db_table
    cursor.execute(f"DELETE FROM {waiting}")
    cursor.execute(
        f"INSERT INTO {waiting} (entry_seq) SELECT seq FROM {Entry._meta.db_table}"
        f" WHERE NOT EXISTS (SELECT 1 FROM {Leaf._meta.db_table} WHERE entry_seq = seq)"
    )


if __name__ == "__main__":
    print(json.dumps(fill(int(sys.argv[1]))))
