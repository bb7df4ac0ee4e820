from django.apps import AppConfig


class NextVersionConfig(AppConfig):
    name = "tests.proof.next_version"
    label = "next_version"
