from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "hemu.figures"
    label = "figures"
