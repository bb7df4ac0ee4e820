from django.urls import path

from hemu.setting_up.web import channels, forms, overview, start

urlpatterns = [
    path("start/", start.start, name="start"),
    path("setup/", overview.overview, name="setup"),
    path("setup/place/", forms.place, name="setup_place"),
    path("setup/another/", forms.another, name="setup_another"),
    path("setup/hours/", forms.hours, name="setup_hours"),
    path("setup/departments/", forms.departments, name="setup_departments"),
    path("setup/channels/", channels.channels, name="setup_channels"),
    path("setup/channels/test/", channels.send_test, name="setup_channel_test"),
    path("setup/channels/copy/", channels.copy_only, name="setup_copy_only"),
]
