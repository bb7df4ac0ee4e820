from django.urls import path

from hemu.portal.web import case_files, door, files, link, notices, pages, proof, unmatched

urlpatterns = [
    path("o/<str:token>/", link.owner, name="owner"),
    path("o/<str:token>/proof/", proof.owner_proof, name="owner_proof"),
    path("o/<str:token>/files/", case_files.upload, name="owner_upload"),
    path("o/<str:token>/files/<uuid:file>/", case_files.file, name="owner_file"),
    path("o/<str:token>/files/<uuid:file>/thumb/", case_files.file, {"thumb": True}, name="owner_thumb"),
    path("my/", pages.home, name="my"),
    path("my/log-in/", door.log_in, name="my_log_in"),
    path("my/log-in/code/", door.code, name="my_code"),
    path("my/log-out/", door.log_out, name="my_log_out"),
    path("my/write/", pages.write, name="my_write"),
    path("my/cases/<str:number>/", pages.case, name="my_case"),
    path("my/cases/<str:number>/proof/", proof.my_case_proof, name="my_case_proof"),
    path("my/cases/<str:number>/files/", files.case_upload, name="my_case_upload"),
    path("my/cases/<str:number>/files/<uuid:file>/", files.case_file, name="my_case_file"),
    path(
        "my/cases/<str:number>/files/<uuid:file>/thumb/",
        files.case_file,
        {"thumb": True},
        name="my_case_thumb",
    ),
    path("my/notices/", notices.notices, name="my_notices"),
    path("my/notices/agree/", notices.agree, name="my_notices_agree"),
    path("my/notices/<uuid:document>/", notices.notice, name="my_notice"),
    path("my/files/", files.upload, name="my_upload"),
    path("my/files/<uuid:file>/", files.draft, name="my_draft"),
    path("my/files/<uuid:file>/thumb/", files.draft, {"thumb": True}, name="my_draft_thumb"),
    path("my/around/", pages.around, name="my_around"),
    path("my/around/<str:number>/me-too/", pages.me_too, name="my_me_too"),
    path("unmatched/", unmatched.unmatched, name="unmatched"),
    path("unmatched/<str:number>/", unmatched.match, name="unmatched_match"),
]
