"""Taking the next number of a series."""

from django.db.models import F

from hemu.infra.models import NumberSeries


def next_number(*, scope: str, year: int) -> int:
    """Return the next number of a series, 1 first.

    Runs inside the caller's transaction: a number is given back when the transaction is, so the series has
    no silent gap. The row is locked until the transaction ends.
    """
    row = NumberSeries.objects.filter(scope=scope, year=year)
    if not row.update(last=F("last") + 1):
        NumberSeries.objects.bulk_create([NumberSeries(scope=scope, year=year)], ignore_conflicts=True)
        row.update(last=F("last") + 1)
    return row.values_list("last", flat=True).get()
