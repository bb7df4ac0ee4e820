from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("service_requests", "0003_suggestioncount")]

    operations = [
        migrations.AddField(
            model_name="request",
            name="links_since",
            field=models.DateTimeField(help_text="owner's links made before it open nothing", null=True),
        ),
    ]
