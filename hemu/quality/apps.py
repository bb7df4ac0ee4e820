from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "hemu.quality"
    label = "quality"
