from django.urls import path

from hemu.correspondence.web import inquiries, my_inquiries, my_papers, papers

urlpatterns = [
    path("committee/papers/", papers.papers, name="committee_papers"),
    path("committee/papers/new/", papers.new_paper, name="committee_paper_new"),
    path("committee/papers/<uuid:document>/", papers.paper, name="committee_paper"),
    path("committee/papers/<uuid:document>/step/", papers.paper_step, name="committee_paper_step"),
    path("committee/papers/<uuid:document>/receipt.pdf", papers.paper_slip, name="committee_paper_slip"),
    path("committee/inquiries/", inquiries.inquiries, name="committee_inquiries"),
    path("committee/inquiries/new/", inquiries.new_inquiry, name="committee_inquiry_new"),
    path("committee/inquiries/<uuid:inquiry>/", inquiries.inquiry, name="committee_inquiry"),
    path("committee/inquiries/<uuid:inquiry>/step/", inquiries.inquiry_step, name="committee_inquiry_step"),
    path(
        "committee/inquiries/<uuid:inquiry>/sheet.pdf",
        inquiries.inquiry_sheet,
        name="committee_inquiry_sheet",
    ),
    path("my/committee/papers/", my_papers.papers, name="my_committee_papers"),
    path("my/committee/papers/<uuid:document>/", my_papers.paper, name="my_committee_paper"),
    path("my/committee/papers/<uuid:document>/paper.pdf", my_papers.paper_pdf, name="my_committee_paper_pdf"),
    path("my/committee/files/<uuid:file>/", my_papers.file, name="my_committee_file"),
    path("my/committee/files/<uuid:file>/thumb/", my_papers.file, {"thumb": True}, name="my_committee_thumb"),
    path("my/committee/inquiries/", my_inquiries.inquiries, name="my_committee_inquiries"),
    path("my/committee/inquiries/new/", my_inquiries.new_inquiry, name="my_committee_ask"),
    path("my/committee/inquiries/<uuid:inquiry>/", my_inquiries.inquiry, name="my_committee_inquiry"),
    path(
        "my/committee/inquiries/<uuid:inquiry>/sheet.pdf",
        my_inquiries.inquiry_sheet,
        name="my_committee_inquiry_sheet",
    ),
]
