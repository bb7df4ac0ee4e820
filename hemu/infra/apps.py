from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InfraConfig(AppConfig):
    name = "hemu.infra"
    label = "infra"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks; see to it, after every change of the database's shape, that what goes with it is there."""
        from hemu.infra import checks, planner, standing  # need the registry of models

        assert checks
        post_migrate.connect(planner.lay_down, sender=self)
        post_migrate.connect(standing.lay_down, sender=self)
