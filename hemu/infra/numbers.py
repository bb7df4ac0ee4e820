"""Taking the next number of a series."""

from django.db import connection

from hemu.infra.models import NumberSeries


def next_number(*, scope: str, year: int) -> int:
    """Return the next number of a series, 1 first."""
    return last_of_next(1, scope=scope, year=year)


def last_of_next(count: int, *, scope: str, year: int) -> int:
    """Take the next ``count`` numbers of a series, 1 or more, and return the last of them.

    Runs inside the caller's transaction: a number is given back when the transaction is, so the series has
    no silent gap. The row is locked until the transaction ends.
    """
    with connection.cursor() as cursor:  # the ORM has no UPDATE … RETURNING
        for _ in range(2):
            cursor.execute(
                "UPDATE infra_numberseries SET last = last + %s WHERE scope = %s AND year = %s RETURNING last",
                [count, scope, year],
            )
            if row := cursor.fetchone():
                return int(row[0])
            NumberSeries.objects.bulk_create([NumberSeries(scope=scope, year=year)], ignore_conflicts=True)
    raise AssertionError("a series that was just made is there")
