from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "hemu.access"
    label = "access"
