import django.db.models.deletion
from django.db import migrations, models


def say_what_was_sent(apps, schema_editor):
    """Every row so far is an in-app message: sent, or still waiting."""
    outgoing = apps.get_model("messaging", "Outgoing")
    outgoing.objects.filter(sent_at__isnull=False).update(state="sent", tries=1)


class Migration(migrations.Migration):

    dependencies = [
        ('estate', '0002_roster_import'),
        ('messaging', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='outgoing',
            name='outgoing_waiting',
        ),
        migrations.AddField(
            model_name='outgoing',
            name='address',
            field=models.CharField(blank=True, help_text="an owner's number or address; erasable", max_length=100),
        ),
        migrations.AddField(
            model_name='outgoing',
            name='ask_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='outgoing',
            name='asked_count',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='outgoing',
            name='channel',
            field=models.CharField(choices=[('in_app', 'in_app'), ('sms', 'sms'), ('email', 'email'), ('wecom', 'wecom'), ('copy', 'copy')], default='in_app', max_length=8),
        ),
        migrations.AddField(
            model_name='outgoing',
            name='error',
            field=models.CharField(blank=True, help_text='code of the last refusal or doubt', max_length=40),
        ),
        migrations.AddField(
            model_name='outgoing',
            name='provider_id',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='outgoing',
            name='recipient',
            field=models.CharField(choices=[('staff', 'staff'), ('owner', 'owner'), ('group', 'group')], default='staff', max_length=6),
        ),
        migrations.AddField(
            model_name='outgoing',
            name='settled_at',
            field=models.DateTimeField(help_text='when a person took it back or marked it as sent', null=True),
        ),
        migrations.AddField(
            model_name='outgoing',
            name='settled_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='estate.staff'),
        ),
        migrations.AddField(
            model_name='outgoing',
            name='state',
            field=models.CharField(choices=[('waiting', 'waiting'), ('sending', 'sending'), ('sent', 'sent'), ('delivered', 'delivered'), ('failed', 'failed'), ('unknown', 'unknown'), ('taken_back', 'taken_back')], default='waiting', max_length=10),
        ),
        migrations.AddField(
            model_name='outgoing',
            name='tries',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='outgoing',
            name='staff',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, to='estate.staff'),
        ),
        migrations.RunPython(say_what_was_sent, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='outgoing',
            index=models.Index(fields=['channel', 'state', 'not_before'], name='outgoing_by_state'),
        ),
        migrations.AddIndex(
            model_name='outgoing',
            index=models.Index(condition=models.Q(('ask_at__isnull', False)), fields=['ask_at'], name='outgoing_asking'),
        ),
        migrations.AddIndex(
            model_name='outgoing',
            index=models.Index(fields=['subject', '-id'], name='outgoing_by_subject'),
        ),
        migrations.AddConstraint(
            model_name='outgoing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', 'in_app'), ('recipient', 'staff'), ('staff__isnull', False)), models.Q(models.Q(('recipient', 'staff'), _negated=True), ('staff__isnull', True), models.Q(('channel', 'in_app'), _negated=True)), _connector='OR'), name='outgoing_recipient'),
        ),
        migrations.AddConstraint(
            model_name='outgoing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state__in', ('sent', 'delivered'))), models.Q(models.Q(('state__in', ('sent', 'delivered')), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='outgoing_sent_at'),
        ),
        migrations.AddConstraint(
            model_name='outgoing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='outgoing_settled'),
        ),
    ]
