from django.apps import AppConfig


class AdjustingConfig(AppConfig):
    name = "hemu.adjusting"
    label = "adjusting"
