from django.urls import path

from hemu.tracking.web import views

urlpatterns = [path("ask/", views.ask, name="ask")]
