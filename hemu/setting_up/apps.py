from django.apps import AppConfig


class SettingUpConfig(AppConfig):
    name = "hemu.setting_up"
    label = "setting_up"
