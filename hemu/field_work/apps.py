from django.apps import AppConfig


class FieldWorkConfig(AppConfig):
    name = "hemu.field_work"
    label = "field_work"
