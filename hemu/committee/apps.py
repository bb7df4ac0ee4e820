from django.apps import AppConfig


class CommitteeConfig(AppConfig):
    name = "hemu.committee"
    label = "committee"
