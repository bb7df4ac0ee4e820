from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):
    """What lies with a person is found without reading all that the person ever did."""

    atomic = False

    dependencies = [("duties", "0009_excused_and_told")]

    operations = [
        AddIndexMeanwhile(
            model_name="duty",
            index=models.Index(
                fields=["staff", "due_at"],
                name="duty_open_of_person",
                condition=models.Q(("staff__isnull", False), ("state", "open")),
            ),
        ),
    ]
