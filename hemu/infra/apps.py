from django.apps import AppConfig


class InfraConfig(AppConfig):
    name = "hemu.infra"
    label = "infra"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from hemu.infra import checks  # noqa: F401  registers the system checks
