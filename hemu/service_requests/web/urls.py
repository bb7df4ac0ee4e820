from django.urls import path

from hemu.service_requests.web import beside, case, desk, messages, owner, suggesting

urlpatterns = [
    path("requests/register/", desk.register, name="register"),
    path("requests/callers/", beside.callers, name="request_callers"),
    path("requests/people/", beside.people, name="request_people"),
    path("requests/suggestion/", suggesting.suggestion, name="request_suggestion"),
    path("requests/similar/", beside.similar, name="request_similar"),
    path("requests/<str:number>/join/", desk.join, name="request_join"),
    path("requests/<str:number>/", case.case, name="request"),
    path("requests/<str:number>/step/", case.step, name="request_step"),
    path("requests/<str:number>/phone/", case.phone, name="request_phone"),
    path("requests/<str:number>/link/", case.link, name="request_link"),
    path("requests/<str:number>/messages/", messages.panel, name="request_messages"),
    path("requests/<str:number>/messages/<uuid:message>/", messages.settle, name="request_message"),
    path("o/<str:token>/", owner.owner, name="owner"),
]
