from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("infra", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Trouble",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(help_text="message, duty, round …", max_length=20)),
                ("key", models.CharField(help_text="which piece: an id or a name", max_length=80)),
                ("about", models.CharField(blank=True, help_text="the subject, where the piece has one", max_length=80)),
                ("error", models.CharField(help_text="the name of the error's class", max_length=80)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("next_at", models.DateTimeField(help_text="when it is tried again; none where it is parked", null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="trouble_once")],
            },
        ),
    ]
