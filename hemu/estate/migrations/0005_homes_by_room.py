from django.db import migrations, models

from hemu.infra.indexes import AddIndexMeanwhile


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('estate', '0004_staff_phone_leaving_beats'),
    ]

    operations = [
        AddIndexMeanwhile(
            model_name='home',
            index=models.Index(fields=['room'], name='home_by_room_anywhere'),
        ),
    ]
