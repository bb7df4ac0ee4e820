from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "hemu.reports"
    label = "reports"
