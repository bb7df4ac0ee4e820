from django.urls import path

from hemu.statements.web import audit, editing, members, publications, reading, statements

urlpatterns = [
    path("committee/statements/", statements.statements, name="statements"),
    path("committee/statements/new/", editing.new, name="statement_new"),
    path("committee/statements/import/", editing.import_file, name="statement_import"),
    path("committee/statements/quarter/", statements.quarter, name="statement_quarter"),
    path("committee/statements/<uuid:statement>/", statements.statement, name="statement"),
    path("committee/statements/<uuid:statement>/edit/", editing.edit, name="statement_edit"),
    path("committee/statements/<uuid:statement>/step/", statements.statement_step, name="statement_step"),
    path("committee/audit/", audit.audits, name="audits"),
    path("committee/audit/<uuid:community>/<str:month>/", audit.audit, name="audit"),
    path("committee/audit/<uuid:community>/<str:month>/step/", audit.audit_step, name="audit_step"),
    path(
        "committee/audit/<uuid:community>/<str:month>/files/<uuid:file>/", audit.audit_file, name="audit_file"
    ),
    path("committee/publications/", publications.publications, name="publications"),
    path("committee/publications/new/", publications.publication_new, name="publication_new"),
    path("my/committee/statements/", members.statements, name="my_statements"),
    path("my/committee/statements/<uuid:statement>/", members.statement, name="my_statement"),
    path(
        "my/committee/statements/<uuid:statement>/paper/", members.statement_paper, name="my_statement_paper"
    ),
    path(
        "my/committee/statements/<uuid:community>/<str:quarter>/",
        members.quarter,
        name="my_statement_quarter",
    ),
    path("my/committee/publications/<uuid:publication>/", members.publication, name="my_publication"),
    path(
        "my/committee/publications/<uuid:publication>/files/<uuid:file>/",
        members.publication_file,
        name="my_publication_file",
    ),
    path("my/committee/audit/", reading.audits, name="my_audits"),
    path("my/committee/audit/<uuid:books>/", reading.audit, name="my_audit"),
    path("my/committee/audit/<uuid:books>/files/<uuid:file>/", reading.audit_file, name="my_audit_file"),
    path("my/committee/audit/<uuid:books>/ledger/", reading.audit_ledger, name="my_audit_ledger"),
    path("my/committee/audit/<uuid:books>/package/", reading.audit_package, name="my_audit_package"),
    path("my/statements/", members.published, name="my_published_all"),
    path("my/statements/<uuid:statement>/", members.published_one, name="my_published"),
    path("my/audit/", reading.ask, name="my_audit_ask"),
]
