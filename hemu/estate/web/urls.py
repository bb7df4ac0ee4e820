from django.urls import path

from hemu.estate.web import roster

urlpatterns = [
    path("", roster.upload, name="roster"),
    path("<uuid:import_id>/", roster.show, name="roster_import"),
    path("<uuid:import_id>/progress/", roster.progress, name="roster_progress"),
    path("<uuid:import_id>/answers/", roster.answer, name="roster_answers"),
    path("<uuid:import_id>/write/", roster.write, name="roster_write"),
    path("<uuid:import_id>/discard/", roster.discard, name="roster_discard"),
    path("<uuid:import_id>/refused.xlsx", roster.refused, name="roster_refused"),
]
