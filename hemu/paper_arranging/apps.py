from django.apps import AppConfig


class PaperArrangingConfig(AppConfig):
    name = "hemu.paper_arranging"
    label = "paper_arranging"
