from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "hemu.attachments"
    label = "attachments"
