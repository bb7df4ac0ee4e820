from django.urls import path

from hemu.committee.web import roster

urlpatterns = [
    path("", roster.committee, name="committee"),
    path("members/", roster.seat, name="committee_seat"),
    path("members/<uuid:member>/leave/", roster.leave, name="committee_leave"),
    path("members/<uuid:member>/helpers/", roster.helper, name="committee_helper"),
    path("helpers/<uuid:helper>/end/", roster.helper_end, name="committee_helper_end"),
    path("liaison/", roster.liaison, name="committee_liaison"),
]
