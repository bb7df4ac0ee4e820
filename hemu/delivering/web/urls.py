from django.urls import path

from hemu.delivering.web import broadcast, delivery, reading, sheets

urlpatterns = [
    path("notices/emergency/", broadcast.emergency, name="emergency"),
    path("notices/<uuid:document>/delivery/", delivery.notice_delivery, name="notice_delivery"),
    path("notices/<uuid:document>/boxes/", delivery.notice_boxes, name="notice_boxes"),
    path("notices/<uuid:document>/print/<str:size>/", sheets.notice_print, name="notice_print"),
    path("notices/<uuid:document>/word/", sheets.notice_word, name="notice_word"),
    path("n/<str:code>/", reading.by_code, name="notice_by_code"),
    path("n/told/<str:token>/", reading.told, name="notices_told"),
]
