"""Find a seal by its published code, which is how its head begins."""

from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("ledger", "0004_unsealed_of_before")]
    operations = [
        AddIndexMeanwhile(model_name="seal", index=models.Index(fields=["head"], name="seal_by_head"))
    ]
