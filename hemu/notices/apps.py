from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "hemu.notices"
    label = "notices"
