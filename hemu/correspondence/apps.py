from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "hemu.correspondence"
    label = "correspondence"
