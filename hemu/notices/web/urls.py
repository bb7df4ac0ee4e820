from django.urls import path

from hemu.notices.web import works

urlpatterns = [
    path("works/", works.works, name="works"),
    path("works/new/", works.new_work, name="work_new"),
    path("works/<uuid:work>/", works.work_page, name="work"),
    path("works/<uuid:work>/step/", works.work_step, name="work_step"),
]
