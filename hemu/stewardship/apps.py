from django.apps import AppConfig


class StewardshipConfig(AppConfig):
    name = "hemu.stewardship"
    label = "stewardship"
