from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('service_requests', '0011_homes_without_a_second_index'),
    ]

    operations = [
        migrations.AddField(
            model_name='request',
            name='home_written',
            field=models.CharField(blank=True, db_default='', default='', help_text='as the home is written, for lists: it never changes', max_length=60),
        ),
    ]
