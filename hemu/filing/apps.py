from django.apps import AppConfig


class FilingConfig(AppConfig):
    name = "hemu.filing"
    label = "filing"
