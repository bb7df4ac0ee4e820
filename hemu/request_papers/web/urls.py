from django.urls import path

from hemu.request_papers.web import views

urlpatterns = [
    path("papers/", views.papers, name="papers"),
    path("papers/<str:form>/blank/", views.paper_blank, name="paper_blank"),
    path("papers/days/", views.paper_days, name="paper_days"),
    path("requests/<str:number>/papers/<str:form>/", views.paper_case, name="paper_case"),
]
