from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("service_requests", "0012_home_written_of_before")]
    operations = [
        AddIndexMeanwhile("request", models.Index(fields=["community", "-id"], name="request_open", condition=~models.Q(state="closed"))),
    ]
