from django.urls import path

from hemu.stewardship.web import matters

urlpatterns = [
    path("", matters.matters, name="matters"),
    path("new/", matters.new_matter, name="matter_new"),
    path("<uuid:matter>/", matters.matter_page, name="matter"),
    path("<uuid:matter>/step/", matters.matter_step, name="matter_step"),
]
