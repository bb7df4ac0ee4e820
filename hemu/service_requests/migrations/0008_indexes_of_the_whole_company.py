from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('estate', '0005_homes_by_room'),
        ('service_requests', '0007_named_helpers_outside'),
    ]

    operations = [
        AddIndexMeanwhile(
            model_name='request',
            index=models.Index(condition=models.Q(('state', 'closed'), _negated=True), fields=['-id'], name='request_open_anywhere'),
        ),
        AddIndexMeanwhile(
            model_name='request',
            index=models.Index(fields=['type', '-id'], name='request_type_anywhere'),
        ),
        AddIndexMeanwhile(
            model_name='request',
            index=models.Index(fields=['trade', '-id'], name='request_trade_anywhere'),
        ),
        AddIndexMeanwhile(
            model_name='request',
            index=models.Index(fields=['channel', '-id'], name='request_channel_anywhere'),
        ),
        AddIndexMeanwhile(
            model_name='request',
            index=models.Index(condition=models.Q(('urged_count__gt', 0)), fields=['-id'], name='request_urged_anywhere'),
        ),
        AddIndexMeanwhile(
            model_name='request',
            index=models.Index(condition=models.Q(('reopened_count__gt', 0)), fields=['-id'], name='request_reopened_anywhere'),
        ),
        AddIndexMeanwhile(
            model_name='request',
            index=models.Index(condition=models.Q(('major', True)), fields=['community', '-id'], name='request_major'),
        ),
        AddIndexMeanwhile(
            model_name='request',
            index=models.Index(condition=models.Q(('major', True)), fields=['-id'], name='request_major_anywhere'),
        ),
        AddIndexMeanwhile(
            model_name='request',
            index=models.Index(condition=models.Q(('outside_body', ''), _negated=True), fields=['community', '-id'], name='request_outside'),
        ),
        AddIndexMeanwhile(
            model_name='request',
            index=models.Index(condition=models.Q(('outside_body', ''), _negated=True), fields=['-id'], name='request_outside_anywhere'),
        ),
        AddIndexMeanwhile(
            model_name='request',
            index=models.Index(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('limit', 'danger'), ('urgency', 'urgent'), _connector='OR')), fields=['community', 'id'], name='request_urgent_open'),
        ),
    ]
