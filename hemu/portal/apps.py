from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "hemu.portal"
    label = "portal"
