from django.apps import AppConfig


class FrontDeskConfig(AppConfig):
    name = "hemu.front_desk"
    label = "front_desk"
