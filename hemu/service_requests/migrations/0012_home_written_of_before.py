"""Cases of before get the written form of their home, slice by slice, so that nobody waits for long."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery

SLICE = 5_000


def fill(apps: Any, schema_editor: Any) -> None:
    """Write it down for every case about a home."""
    alias = schema_editor.connection.alias
    requests = apps.get_model("service_requests", "Request").objects.using(alias)
    written = apps.get_model("estate", "Home").objects.filter(pk=OuterRef("home")).values("written")
    rows = requests.order_by("id").values_list("id", flat=True)
    ids = list(rows[:SLICE])
    while ids:
        here = requests.filter(id__gte=ids[0], id__lte=ids[-1], home__isnull=False)
        here.update(home_written=Subquery(written[:1]))
        ids = list(rows.filter(id__gt=ids[-1])[:SLICE])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ('service_requests', '0011_home_written'),
    ]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
