from django.urls import path

from hemu.service_requests.web import case, messages, owner, owner_files, suggesting

urlpatterns = [
    path("requests/suggestion/", suggesting.suggestion, name="request_suggestion"),
    path("requests/<str:number>/", case.case, name="request"),
    path("requests/<str:number>/step/", case.step, name="request_step"),
    path("requests/<str:number>/phone/", case.phone, name="request_phone"),
    path("requests/<str:number>/link/", case.link, name="request_link"),
    path("requests/<str:number>/messages/", messages.panel, name="request_messages"),
    path("requests/<str:number>/messages/<uuid:message>/", messages.settle, name="request_message"),
    path("o/<str:token>/", owner.owner, name="owner"),
    path("o/<str:token>/files/", owner_files.upload, name="owner_upload"),
    path("o/<str:token>/files/<uuid:file>/", owner_files.file, name="owner_file"),
    path("o/<str:token>/files/<uuid:file>/thumb/", owner_files.file, {"thumb": True}, name="owner_thumb"),
]
