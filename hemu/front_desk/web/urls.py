from django.urls import path

from hemu.front_desk.web import beside, desk

urlpatterns = [
    path("register/", desk.register, name="register"),
    path("callers/", beside.callers, name="request_callers"),
    path("people/", beside.people, name="request_people"),
    path("similar/", beside.similar, name="request_similar"),
    path("<str:number>/join/", desk.join, name="request_join"),
]
