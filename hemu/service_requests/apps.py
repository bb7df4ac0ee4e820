from django.apps import AppConfig


class ServiceRequestsConfig(AppConfig):
    name = "hemu.service_requests"
    label = "service_requests"
