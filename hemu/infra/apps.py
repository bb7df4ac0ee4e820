from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InfraConfig(AppConfig):
    name = "hemu.infra"
    label = "infra"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from hemu.infra import checks  # noqa: F401  registers the system checks
        from hemu.infra.planner import lay_down

        post_migrate.connect(lay_down, sender=self)
