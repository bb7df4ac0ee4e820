"""What hangs can be read by phone from its posting on."""

from django.db import migrations
from django.db.models import F


def shown_since_posting(apps, schema_editor):
    notice = apps.get_model("notices", "Notice")
    notice.objects.filter(posted_at__isnull=False).update(published_at=F("posted_at"))


class Migration(migrations.Migration):

    dependencies = [
        ("notices", "0002_audience_and_publishing"),
    ]

    operations = [migrations.RunPython(shown_since_posting, migrations.RunPython.noop)]
