from django.urls import path

from hemu.front_desk.web import beside, desk, pasting, photos

urlpatterns = [
    path("register/", desk.register, name="register"),
    path("callers/", beside.callers, name="request_callers"),
    path("people/", beside.people, name="request_people"),
    path("similar/", beside.similar, name="request_similar"),
    path("pasted/", pasting.pasted, name="pasted"),
    path("<str:number>/photos/", photos.code, name="photo_code"),
    path("<str:number>/join/", desk.join, name="request_join"),
]
photo_urls = [
    path("<str:token>/", photos.send, name="photo_link"),
    path("<str:token>/files/", photos.upload, name="photo_upload"),
    path("<str:token>/files/<uuid:file>/", photos.file, name="photo_file"),
    path("<str:token>/files/<uuid:file>/thumb/", photos.file, {"thumb": True}, name="photo_thumb"),
]
"""What owners open by a code."""
