from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('duties', '0006_follow_the_rules'),
    ]

    operations = [
        AddIndexMeanwhile(
            model_name='duty',
            index=models.Index(fields=['book', 'due_at', 'start_at', 'clause', 'state', 'late_at'], name='duty_by_month'),
        ),
    ]
