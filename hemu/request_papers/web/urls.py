from django.urls import path

from hemu.request_papers.web import letters, views

urlpatterns = [
    path("papers/", views.papers, name="papers"),
    path("papers/letter/", letters.letter_template, name="letter_template"),
    path("papers/<str:form>/blank/", views.paper_blank, name="paper_blank"),
    path("papers/days/", views.paper_days, name="paper_days"),
    path("requests/<str:number>/papers/<str:form>/", views.paper_case, name="paper_case"),
    path("requests/<str:number>/letter/", letters.reply_letter, name="reply_letter"),
]
