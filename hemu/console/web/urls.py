from django.urls import path

from hemu.console.web import cell, late, troubles, views

urlpatterns = [
    path("", views.home, name="home"),
    path("duties/", views.duties, name="duties"),
    path("duties/late/", late.late, name="duties_late"),
    path("wall/duties/cell/", cell.cell, name="duty_cell"),
    path("messages/", views.messages, name="messages"),
    path("troubles/", troubles.stuck, name="troubles"),
]
