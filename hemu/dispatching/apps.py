from django.apps import AppConfig


class DispatchingConfig(AppConfig):
    name = "hemu.dispatching"
    label = "dispatching"
