"""Whom a notice is for below the building, and from when on owners can read it by phone."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("notices", "0001_works_and_notices"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="buildings",
            field=models.JSONField(default=list, help_text="names of the buildings it is for"),
        ),
        migrations.AddField(
            model_name="notice",
            name="units",
            field=models.JSONField(default=list, help_text="[building, unit] of those it is for"),
        ),
        migrations.AddField(
            model_name="notice",
            name="homes",
            field=models.JSONField(
                default=list, help_text="as written, of those it is for; with both above empty: all"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="roles",
            field=models.JSONField(default=list, help_text="owner, tenant; empty: whoever is bound to a home"),
        ),
        migrations.AddField(
            model_name="notice",
            name="published_at",
            field=models.DateTimeField(null=True, help_text="from when on owners can read it by phone"),
        ),
    ]
