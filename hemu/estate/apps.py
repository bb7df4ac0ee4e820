from django.apps import AppConfig


class EstateConfig(AppConfig):
    name = "hemu.estate"
    label = "estate"
