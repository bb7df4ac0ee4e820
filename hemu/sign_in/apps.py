from django.apps import AppConfig


class SignInConfig(AppConfig):
    name = "hemu.sign_in"
    label = "sign_in"
