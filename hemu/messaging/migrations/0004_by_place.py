from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):
    """What has a place is found by it; what is told to many costs this index nothing."""

    atomic = False

    dependencies = [("messaging", "0003_place")]

    operations = [
        AddIndexMeanwhile(
            model_name="outgoing",
            index=models.Index(
                fields=["channel", "state", "place", "not_before"],
                name="outgoing_by_place",
                condition=models.Q(("place__isnull", False)),
            ),
        ),
    ]
