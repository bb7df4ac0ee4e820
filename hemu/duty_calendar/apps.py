from django.apps import AppConfig


class DutyCalendarConfig(AppConfig):
    name = "hemu.duty_calendar"
    label = "duty_calendar"
