from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "hemu.meetings"
    label = "meetings"
