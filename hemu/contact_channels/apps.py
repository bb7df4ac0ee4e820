from django.apps import AppConfig


class ContactChannelsConfig(AppConfig):
    name = "hemu.contact_channels"
    label = "contact_channels"
