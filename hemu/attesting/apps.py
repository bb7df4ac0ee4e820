from django.apps import AppConfig


class AttestingConfig(AppConfig):
    name = "hemu.attesting"
    label = "attesting"
