from django.urls import path

from hemu.papers.web import approving, checking, documents, drafting, forms, sealing

urlpatterns = [
    path("forms/", forms.forms, name="forms"),
    path("forms/<str:form>/", forms.form_blank, name="form_blank"),
    path("forms/<str:form>/records/", forms.form_records, name="form_records"),
    path("documents/", documents.documents, name="documents"),
    path("documents/new/", drafting.document_new, name="document_new"),
    path("documents/<uuid:document>/", documents.document, name="document"),
    path("documents/<uuid:document>/revise/", drafting.document_revise, name="document_revise"),
    path("documents/<uuid:document>/step/", documents.document_step, name="document_step"),
    path("documents/<uuid:document>/approve/", approving.document_approve, name="document_approve"),
    path("documents/<uuid:document>/paper/", documents.document_pdf, name="document_pdf"),
    path("documents/<uuid:document>/pages/<int:sheet>/", documents.document_picture, name="document_picture"),
    path("documents/<uuid:document>/issue/", sealing.document_issue, name="document_issue"),
    path("seal/", sealing.seal_register, name="seal_register"),
    path("seal/register.csv", sealing.seal_register_csv, name="seal_register_csv"),
    path("check/<str:code>/", checking.paper_check, name="paper_check"),
]
