from django.urls import path

from hemu.interface.web import tokens
from hemu.interface.web.api import routes

urlpatterns = routes()
token_urls = [
    path("", tokens.systems, name="systems"),
    path("<uuid:system>/revoke/", tokens.revoke, name="system_revoke"),
]
"""The office's page of those systems."""
