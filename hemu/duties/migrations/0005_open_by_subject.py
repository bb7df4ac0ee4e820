from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('duties', '0004_opened_until'),
    ]

    operations = [
        AddIndexMeanwhile(
            model_name='duty',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['subject', 'due_at', 'id'], name='duty_open_by_subject'),
        ),
    ]
