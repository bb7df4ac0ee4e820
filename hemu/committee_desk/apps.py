from django.apps import AppConfig


class CommitteeDeskConfig(AppConfig):
    name = "hemu.committee_desk"
    label = "committee_desk"
