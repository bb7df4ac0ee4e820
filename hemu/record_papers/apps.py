from django.apps import AppConfig


class RecordPapersConfig(AppConfig):
    name = "hemu.record_papers"
    label = "record_papers"
