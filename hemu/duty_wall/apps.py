from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DutyWallConfig(AppConfig):
    name = "hemu.duty_wall"
    label = "duty_wall"

    def ready(self) -> None:
        """See to it, after every change of the database's shape, that each change of a duty is still noted."""
        from hemu.duty_wall.triggers import put_back  # needs the registry of models

        post_migrate.connect(put_back, sender=self)
