from django.urls import path

from hemu.paper_pads.web import entering, pads

urlpatterns = [
    path("", pads.pads, name="pads"),
    path("enter/", entering.enter, name="pad_enter"),
    path("<uuid:pad>/", pads.pad, name="pad"),
    path("<uuid:pad>/print/", pads.pad_print, name="pad_print"),
]
