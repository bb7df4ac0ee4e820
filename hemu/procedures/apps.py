from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "hemu.procedures"
    label = "procedures"
