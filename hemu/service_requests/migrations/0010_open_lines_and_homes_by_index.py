from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ('estate', '0005_homes_by_room'),
        ('service_requests', '0009_on_behalf'),
    ]
    operations = [
        AddIndexMeanwhile(
            model_name='request',
            index=models.Index(condition=models.Q(('state', 'closed'), _negated=True), fields=['community', '-id', 'state', 'type', 'handler', 'department', 'trade', 'urged_count', 'reopened_count', 'major', 'replied_at'], name='request_open_lines'),
        ),
        AddIndexMeanwhile(
            model_name='request',
            index=models.Index(fields=['home', '-id'], name='request_by_home'),
        ),
        migrations.RemoveIndex(
            model_name='request',
            name='request_open',
        ),
        migrations.RemoveIndex(
            model_name='request',
            name='request_open_figures',
        ),
    ]
