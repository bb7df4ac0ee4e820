from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "hemu.messaging"
    label = "messaging"
