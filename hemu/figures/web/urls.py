from django.urls import path

from hemu.figures.web import pages, recalls, resting

urlpatterns = [
    path("", pages.figures, name="figures"),
    path("sheet/", pages.sheet, name="figures_sheet"),
    path("evidence/", resting.evidence, name="evidence"),
    path("recalls/", recalls.recalls, name="recalls"),
    path("recalls/<uuid:recall>/", recalls.note, name="recall_note"),
    path("<str:clause>/", pages.figure, name="figure"),
]
