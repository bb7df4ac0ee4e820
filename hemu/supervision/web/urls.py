from django.urls import path

from hemu.supervision.web import export, listing, morning, review, views, wall

urlpatterns = [
    path("requests/", listing.requests, name="requests"),
    path("requests/send/", listing.send, name="requests_send"),
    path("requests/export/", export.export, name="request_export"),
    path("requests/views/", views.views, name="request_views"),
    path("requests/views/<uuid:view_id>/drop/", views.drop, name="request_view_drop"),
    path("wall/", wall.the_wall, name="wall"),
    path("wall/morning/", morning.morning, name="morning"),
    path("wall/review/", review.review, name="review"),
    path("wall/review/found/", review.found, name="review_found"),
    path("wall/review/sign/", review.sign, name="review_sign"),
]
