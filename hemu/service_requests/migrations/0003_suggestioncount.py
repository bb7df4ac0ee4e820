from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('service_requests', '0002_voices_and_visits'),
    ]

    operations = [
        migrations.CreateModel(
            name='SuggestionCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('axis', models.CharField(max_length=8)),
                ('word', models.CharField(blank=True, max_length=20)),
                ('value', models.CharField(max_length=16)),
                ('count', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('word', 'axis', 'value'), name='suggestion_count_once')],
            },
        ),
        migrations.CreateModel(
            name='SuggestionMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.BigIntegerField(default=0)),
            ],
        ),
    ]
