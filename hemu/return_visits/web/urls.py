from django.urls import path

from hemu.return_visits.web import queue, visit

urlpatterns = [
    path("", queue.queue, name="return_visits"),
    path("open/<str:number>/", visit.begin, name="return_visit_open"),
    path("<str:number>/", visit.visit, name="return_visit"),
    path("<str:number>/step/", visit.step, name="return_visit_step"),
]
