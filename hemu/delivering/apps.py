from django.apps import AppConfig


class DeliveringConfig(AppConfig):
    name = "hemu.delivering"
    label = "delivering"
