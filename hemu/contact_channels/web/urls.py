from django.urls import path

from hemu.contact_channels.web import calls, checking

urlpatterns = [
    path("calls/", calls.calls, name="calls"),
    path("calls/note/", calls.note, name="call_note"),
    path("calls/<uuid:call>/return/", calls.returned, name="call_return"),
    path("calls/<uuid:call>/about/", calls.explained, name="call_explain"),
    path("channels/", checking.channels, name="channels"),
    path("channels/check/", checking.check, name="channels_check"),
]
