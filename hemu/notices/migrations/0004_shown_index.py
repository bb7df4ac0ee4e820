"""The index of what owners can read by phone, in place of that of what hangs."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ("notices", "0003_published_since_posting"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="notice", name="notice_hanging"),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                fields=["community", "until"],
                name="notice_shown",
                condition=Q(published_at__isnull=False, withdrawn_at__isnull=True),
            ),
        ),
    ]
