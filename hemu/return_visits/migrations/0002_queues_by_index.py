import hemu.return_visits.rules
from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('estate', '0005_homes_by_room'),
        ('return_visits', '0001_initial'),
        ('service_requests', '0008_indexes_of_the_whole_company'),
    ]

    operations = [
        AddIndexMeanwhile(
            model_name='returnvisit',
            index=models.Index(condition=models.Q(('state__in', [hemu.return_visits.rules.State['OPEN'], hemu.return_visits.rules.State['PROMISED']])), fields=['community', 'due_at', 'id'], name='return_visit_waiting_at'),
        ),
        AddIndexMeanwhile(
            model_name='returnvisit',
            index=models.Index(condition=models.Q(('state__in', [hemu.return_visits.rules.State['OPEN'], hemu.return_visits.rules.State['PROMISED']])), fields=['due_at', 'id'], name='return_visit_waiting_anywhere'),
        ),
        AddIndexMeanwhile(
            model_name='returnvisit',
            index=models.Index(condition=models.Q(('state__in', [hemu.return_visits.rules.State['OPEN'], hemu.return_visits.rules.State['PROMISED']])), fields=['role', 'due_at', 'id'], name='return_visit_waiting_of_role'),
        ),
        AddIndexMeanwhile(
            model_name='returnvisit',
            index=models.Index(fields=['community', 'state', '-id'], name='return_visit_by_state'),
        ),
        AddIndexMeanwhile(
            model_name='returnvisit',
            index=models.Index(fields=['state', '-id'], name='return_visit_state_anywhere'),
        ),
        migrations.RemoveIndex(
            model_name='returnvisit',
            name='return_visit_waiting',
        ),
    ]
