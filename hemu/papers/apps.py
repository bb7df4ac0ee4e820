from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "hemu.papers"
    label = "papers"
