from django.urls import path

from hemu.papers.web import approving, documents, drafting, forms

urlpatterns = [
    path("forms/", forms.forms, name="forms"),
    path("forms/<str:form>/", forms.form_blank, name="form_blank"),
    path("documents/", documents.documents, name="documents"),
    path("documents/new/", drafting.document_new, name="document_new"),
    path("documents/<uuid:document>/", documents.document, name="document"),
    path("documents/<uuid:document>/revise/", drafting.document_revise, name="document_revise"),
    path("documents/<uuid:document>/step/", documents.document_step, name="document_step"),
    path("documents/<uuid:document>/approve/", approving.document_approve, name="document_approve"),
    path("documents/<uuid:document>/paper/", documents.document_pdf, name="document_pdf"),
    path("documents/<uuid:document>/pages/<int:sheet>/", documents.document_picture, name="document_picture"),
]
