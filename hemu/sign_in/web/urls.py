from django.urls import path

from hemu.sign_in.web import devices, views

urlpatterns = [
    path("log-in/", views.log_in, name="log_in"),
    path("log-out/", views.log_out, name="log_out"),
    path("devices/", devices.devices, name="devices"),
    path("devices/<uuid:device>/forget/", devices.forget, name="device_forget"),
]
