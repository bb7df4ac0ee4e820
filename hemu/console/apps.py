from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "hemu.console"
    label = "console"
