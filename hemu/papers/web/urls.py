from django.urls import path

from hemu.papers.web import forms

urlpatterns = [
    path("forms/", forms.forms, name="forms"),
    path("forms/<str:form>/", forms.form_blank, name="form_blank"),
]
