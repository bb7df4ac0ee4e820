from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "hemu.statements"
    label = "statements"
