from django.apps import AppConfig


class RequestPapersConfig(AppConfig):
    name = "hemu.request_papers"
    label = "request_papers"
