from django.urls import path

from hemu.duty_wall.web import wall

urlpatterns = [
    path("wall/duties/", wall.offices, name="duty_wall"),
    path("wall/duties/<uuid:office>/", wall.office, name="duty_wall_office"),
    path("wall/duties/book/<str:book>/", wall.book, name="duty_wall_book"),
]
