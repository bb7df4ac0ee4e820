"""Telling everybody of a community: one statement writes all rows, whatever their number; no object is made for any."""

import json
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from hemu.estate.models import Home, Person, Phone, Tie
from hemu.infra.identity import first_id
from hemu.infra.transaction import operation
from hemu.messaging.models import Outgoing
from hemu.messaging.rules import Channel, Place, Recipient, State

RESIDENTS = (Tie.Kind.OWNER, Tie.Kind.CO_OWNER, Tie.Kind.COMPANY, Tie.Kind.TENANT)


@operation
def tell_everybody(
    *,
    community: UUID,
    kinds: Collection[str] = RESIDENTS,
    on: date,
    topic: str,
    subject: str,
    key: str,
    now: datetime,
    not_before: datetime,
    facts: Mapping[str, Any],
    homes: QuerySet[Home] | None = None,
    people: QuerySet[Person] | None = None,
    place: Place | None = None,
) -> int:
    """Write one outbox row for each person bound to a home of a community who has a mobile number; return how many.

    Of several numbers it is the first mobile one. Said again with the same key it reaches only who was not told
    yet, so several communities are told one after another, each in a transaction of its own, and a person with
    homes in two of them once.

    Args:
        kinds: by which ties, `Tie.Kind`.
        on: the day on which a tie holds, its first and last day among them.
        key: what makes this telling the same as another one; the person is added to it.
        not_before: the end of the quiet hours; `now` outside of them.
        facts: what the room that tells needs to put the words together.
        homes: only those bound to one of these; None: of the whole community.
        people: only those; None: whoever is bound.
        place: before everything that is told to many, where it warns of danger.
    """
    columns: dict[str, tuple[str, list[Any]]] = {
        "id": (_new_id(), [_first_digits(now)]),
        "key": ("%s || replace(CAST(reached.person AS text), '-', '')", [f"{key}:"]),
        "recipient": ("%s", [Recipient.OWNER]),
        "address": ("reached.number", []),
        "channel": ("%s", [Channel.SMS]),
        "topic": ("%s", [topic]),
        "subject": ("%s", [subject]),
        "facts": ("CAST(%s AS jsonb)" if _postgresql() else "%s", [json.dumps(dict(facts))]),
        "state": ("%s", [State.WAITING]),
        "place": ("CAST(%s AS smallint)", [place]),
        "not_before": ("CAST(%s AS timestamptz)" if _postgresql() else "%s", [_adapted(not_before)]),
        "tries": ("0", []),
        "error": ("''", []),
        "provider_id": ("''", []),
        "asked_count": ("0", []),
    }  # fmt: skip
    names, values = ", ".join(columns), ", ".join(sql for sql, _ in columns.values())
    reached, asked = _reached(community, kinds, on, homes, people)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Outgoing._meta.db_table} ({names}) SELECT {values} FROM ({reached}) AS reached"
            " WHERE reached.nth = 1 ON CONFLICT (key) DO NOTHING",
            [each for _, given in columns.values() for each in given] + asked,
        )
        return int(cursor.rowcount)


def _reached(
    community: UUID,
    kinds: Collection[str],
    on: date,
    homes: QuerySet[Home] | None,
    people: QuerySet[Person] | None,
) -> tuple[str, list[Any]]:
    """Return the select of persons with their mobile numbers, the n-th of each, and what stands in it."""
    phone, tie, home = (model._meta.db_table for model in (Phone, Tie, Home))
    marks = ", ".join(["%s"] * len(kinds))
    day = str(on) if not _postgresql() else on
    holds = (
        f"tie.home_id = home.id AND tie.kind IN ({marks})"
        " AND (tie.since IS NULL OR tie.since <= %s) AND (tie.until IS NULL OR tie.until >= %s)"
    )
    some_homes, home_ids = _among("home.id", homes)
    some_people, person_ids = _among("phone.person_id", people)
    # From home to home: joined freely, PostgreSQL reads the ties of the whole company for each community.
    ties = (
        f"SELECT tie.person_id FROM {home} AS home CROSS JOIN LATERAL"
        f" (SELECT tie.person_id FROM {tie} AS tie WHERE {holds} OFFSET 0) AS tie WHERE home.community_id = %s{some_homes}"
        if _postgresql()
        else f"SELECT tie.person_id FROM {home} AS home JOIN {tie} AS tie ON {holds} WHERE home.community_id = %s{some_homes}"
    )
    return (
        "SELECT phone.person_id AS person, phone.number AS number,"
        " row_number() OVER (PARTITION BY phone.person_id ORDER BY phone.position, phone.id) AS nth"
        f" FROM {phone} AS phone WHERE phone.number >= '13' AND phone.number < '2' AND length(phone.number) = 11"
        f" AND phone.person_id IN ({ties}){some_people}",
        [
            *map(str, kinds),
            day,
            day,
            community if _postgresql() else community.hex,
            *home_ids,
            *person_ids,
        ],
    )


def _among(column: str, rows: QuerySet[Any] | None) -> tuple[str, list[Any]]:
    """Return the condition that a column is the id of one of the rows, and what stands in it; none for None."""
    if rows is None:
        return "", []
    asked, given = rows.order_by().values("pk").query.get_compiler(connection=connection).as_sql()
    return f" AND {column} IN ({asked})", list(given)


def _new_id() -> str:
    """Return the SQL of identifiers as `new_id` makes them: a moment, given as the first digits, and chance."""
    if _postgresql():
        return "CAST(%s || substr(CAST(gen_random_uuid() AS text), 16) AS uuid)"
    chance = "lower(hex(randomblob(8)))"
    return f"%s || substr({chance}, 1, 3) || '8' || substr({chance}, 1, 15)"


def _first_digits(now: datetime) -> str:
    """Return the moment and the version of an identifier, as the database writes it."""
    least = first_id(now)
    return f"{str(least)[:14] if _postgresql() else least.hex[:12]}7"


def _adapted(moment: datetime) -> Any:
    return moment if _postgresql() else connection.ops.adapt_datetimefield_value(moment)


def _postgresql() -> bool:
    return bool(connection.vendor == "postgresql")
