from django.urls import path

from hemu.notices.web import digest, notices, works

urlpatterns = [
    path("works/", works.works, name="works"),
    path("works/new/", works.new_work, name="work_new"),
    path("works/<uuid:work>/", works.work_page, name="work"),
    path("works/<uuid:work>/step/", works.work_step, name="work_step"),
    path("notices/", notices.notices, name="notices"),
    path("notices/new/", notices.new_notice, name="notice_new"),
    path("notices/digest/", digest.new_digest, name="digest"),
    path("notices/<uuid:document>/", notices.notice_page, name="notice"),
    path("notices/<uuid:document>/post/", notices.notice_post, name="notice_post"),
    path("notices/<uuid:document>/down/", notices.notice_down, name="notice_down"),
]
