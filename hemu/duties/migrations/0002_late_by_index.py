from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('duties', '0001_initial'),
        ('estate', '0005_homes_by_room'),
        ('ledger', '0002_triggers'),
    ]

    operations = [
        AddIndexMeanwhile(
            model_name='duty',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['office', 'due_at', 'subject'], name='duty_open_at_office'),
        ),
        AddIndexMeanwhile(
            model_name='duty',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_at', 'subject'], name='duty_open_by_due'),
        ),
        migrations.RemoveIndex(
            model_name='duty',
            name='duty_open',
        ),
        migrations.RemoveIndex(
            model_name='duty',
            name='duty_open_anywhere',
        ),
    ]
