from django.urls import path

from hemu.supervision.web import export, listing, views

urlpatterns = [
    path("requests/", listing.requests, name="requests"),
    path("requests/export/", export.export, name="request_export"),
    path("requests/views/", views.views, name="request_views"),
    path("requests/views/<uuid:view_id>/drop/", views.drop, name="request_view_drop"),
]
