from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):
    """The cases whose pause is over are found without reading those that are not paused."""

    atomic = False
    dependencies = [("service_requests", "0013_open_newest_by_index")]
    operations = [
        AddIndexMeanwhile(
            model_name="request",
            index=models.Index(
                fields=["resume_at"],
                name="request_resuming",
                condition=models.Q(("resume_at__isnull", False)),
            ),
        ),
    ]
