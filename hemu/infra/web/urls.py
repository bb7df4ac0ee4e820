from django.urls import path

from hemu.infra.web import gallery, health

urlpatterns = [
    path("gallery/", gallery.gallery, name="gallery"),
    path("readyz", health.readyz, name="readyz"),
    path("healthz", health.healthz, name="healthz"),
    path("language/<str:code>/", health.language, name="language"),
]
