from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "hemu.tracking"
    label = "tracking"
