"""When the due times of an office may have moved."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("estate", "0007_homes_by_building")]

    operations = [
        migrations.AddField(
            "office",
            "times_stamp",
            models.UUIDField(
                null=True,
                help_text="new with those changes by which due times may move: settings and days, not switches",
            ),
        ),
    ]
