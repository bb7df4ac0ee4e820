import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('estate', '0005_homes_by_room'),
        ('service_requests', '0010_open_lines_and_homes_by_index'),
    ]
    operations = [
        migrations.AlterField(
            model_name='request',
            name='home',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='estate.home'),
        ),
        migrations.AddField(
            model_name='request',
            name='home_written',
            field=models.CharField(blank=True, db_default='', default='', help_text='as the home is written, for lists: it never changes', max_length=60),
        ),
    ]
