from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "hemu.supervision"
    label = "supervision"
