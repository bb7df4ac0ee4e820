from django.urls import path

from hemu.service_requests.web import case, messages, suggesting

urlpatterns = [
    path("requests/suggestion/", suggesting.suggestion, name="request_suggestion"),
    path("requests/<str:number>/", case.case, name="request"),
    path("requests/<str:number>/step/", case.step, name="request_step"),
    path("requests/<str:number>/phone/", case.phone, name="request_phone"),
    path("requests/<str:number>/link/", case.link, name="request_link"),
    path("requests/<str:number>/messages/", messages.panel, name="request_messages"),
    path("requests/<str:number>/messages/<uuid:message>/", messages.settle, name="request_message"),
]
