from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):
    """The slips of a case are found by its number; other papers cost this index nothing."""

    atomic = False

    dependencies = [("papers", "0002_scans_of_several_pages")]

    operations = [
        AddIndexMeanwhile(
            model_name="document",
            index=models.Index(
                fields=["case_number"],
                name="document_by_case",
                condition=models.Q(("case_number", ""), _negated=True),
            ),
        ),
    ]
