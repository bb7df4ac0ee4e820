from django.apps import AppConfig


class InterfaceConfig(AppConfig):
    name = "hemu.interface"
    label = "interface"
