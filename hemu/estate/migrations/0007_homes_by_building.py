from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('estate', '0006_clause_switches'),
    ]

    operations = [
        AddIndexMeanwhile(
            model_name='home',
            index=models.Index(fields=['community', 'building', 'id'], name='home_by_building'),
        ),
    ]
