from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('duties', '0007_by_month'),
    ]

    operations = [
        AddIndexMeanwhile(
            model_name='duty',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['role', 'office', 'due_at'], name='duty_open_by_role'),
        ),
    ]
