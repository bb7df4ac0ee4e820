from django.urls import path

from hemu.committee_desk.web import member, office

urlpatterns = [
    path("my/committee/", member.desk, name="my_committee"),
    path("my/committee/<uuid:community>/owed/", member.owed, name="my_committee_owed"),
    path("my/committee/<uuid:community>/owed/paper/", member.owed_paper, name="my_committee_owed_paper"),
    path("committee/owed/", office.owed, name="committee_owed"),
    path("committee/owed/paper/", office.owed_paper, name="committee_owed_paper"),
]
