from django.apps import AppConfig


class ReturnVisitsConfig(AppConfig):
    name = "hemu.return_visits"
    label = "return_visits"
