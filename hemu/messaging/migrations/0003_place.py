from django.db import migrations, models


class Migration(migrations.Migration):
    """What somebody waits for has its place; what waits already has none and goes out by its age, as before."""

    dependencies = [("messaging", "0002_channels")]

    operations = [
        migrations.AddField(
            model_name="outgoing",
            name="place",
            field=models.SmallIntegerField(
                choices=[(1, "CODE"), (2, "DANGER"), (3, "REPLY")],
                help_text="none: it is told to many",
                null=True,
            ),
        ),
    ]
