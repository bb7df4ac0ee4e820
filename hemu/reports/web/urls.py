from django.urls import path

from hemu.reports.web import listing, report

urlpatterns = [
    path("", listing.listing, name="reports"),
    path("return-visits/plan/", report.plan, name="return_visit_plan"),
    path("<str:report>/", report.report_page, name="report"),
    path("<str:report>/publish/", report.publish, name="report_publish"),
    path("<str:report>/paper/", report.paper, name="report_paper"),
    path("<str:report>/sheet/", report.sheet, name="report_sheet"),
]
