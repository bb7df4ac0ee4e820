from django.apps import AppConfig


class PraiseConfig(AppConfig):
    name = "hemu.praise"
    label = "praise"
