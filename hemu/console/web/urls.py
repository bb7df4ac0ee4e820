from django.urls import path

from hemu.console.web import late, troubles, views

urlpatterns = [
    path("", views.home, name="home"),
    path("duties/", views.duties, name="duties"),
    path("duties/late/", late.late, name="duties_late"),
    path("messages/", views.messages, name="messages"),
    path("troubles/", troubles.stuck, name="troubles"),
]
