from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):
    """The queue of the whole company finds in its index all that it asks; the narrower one before it goes."""

    atomic = False

    dependencies = [("return_visits", "0003_queue_by_one_index")]

    operations = [
        AddIndexMeanwhile(
            model_name="returnvisit",
            index=models.Index(
                fields=["due_at", "id", "request", "state"],
                name="return_visit_queue_anywhere",
                condition=models.Q(state__in=["open", "promised"]),
            ),
        ),
        migrations.RemoveIndex(model_name="returnvisit", name="return_visit_waiting_anywhere"),
    ]
