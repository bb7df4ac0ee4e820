from django.apps import AppConfig


class PaperPadsConfig(AppConfig):
    name = "hemu.paper_pads"
    label = "paper_pads"
