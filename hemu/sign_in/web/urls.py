from django.urls import path

from hemu.sign_in.web import account, devices, factor, first_entry, views

urlpatterns = [
    path("log-in/", views.log_in, name="log_in"),
    path("log-in/code/", factor.log_in_code, name="log_in_code"),
    path("log-in/authenticator/", factor.enrol, name="factor_enrol"),
    path("log-out/", views.log_out, name="log_out"),
    path("enter/", first_entry.first_entry, name="first_entry"),
    path("enter/<str:code>/", first_entry.first_entry, name="first_entry_code"),
    path("account/", account.show, name="account"),
    path("account/password/", account.password, name="account_password"),
    path("account/authenticator/off/", factor.factor_off, name="factor_off"),
    path("account/recovery-codes/", factor.recovery, name="recovery_codes"),
    path("devices/", devices.devices, name="devices"),
    path("devices/<uuid:device>/forget/", devices.forget, name="device_forget"),
]
