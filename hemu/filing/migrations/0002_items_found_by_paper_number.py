from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):
    """What was filed of a case is found by the number of its paper."""

    atomic = False

    dependencies = [("filing", "0001_items_holds_disposals")]

    operations = [
        AddIndexMeanwhile(
            model_name="item", index=models.Index(fields=["paper_number"], name="item_by_paper_number")
        ),
    ]
