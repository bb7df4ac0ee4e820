from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "hemu.duties"
    label = "duties"
