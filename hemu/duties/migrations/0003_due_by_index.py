from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('duties', '0002_late_by_index'),
    ]

    operations = [
        AddIndexMeanwhile(
            model_name='duty',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['office', 'due_at', 'id', 'subject'], name='duty_due_at_office'),
        ),
        AddIndexMeanwhile(
            model_name='duty',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_at', 'id', 'subject'], name='duty_due_anywhere'),
        ),
        migrations.RemoveIndex(
            model_name='duty',
            name='duty_open_at_office',
        ),
        migrations.RemoveIndex(
            model_name='duty',
            name='duty_open_by_due',
        ),
    ]
