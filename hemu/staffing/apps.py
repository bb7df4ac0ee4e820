from django.apps import AppConfig


class StaffingConfig(AppConfig):
    name = "hemu.staffing"
    label = "staffing"
