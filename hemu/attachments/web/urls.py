from django.urls import path

from hemu.attachments.web import views

urlpatterns = [
    path("", views.upload, name="file_upload"),
    path("<uuid:file>/", views.file, name="file"),
    path("<uuid:file>/thumb/", views.file, {"thumb": True}, name="file_thumb"),
]
