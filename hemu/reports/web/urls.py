from django.urls import path

from hemu.reports.web import month

urlpatterns = [
    path("return-visits/", month.month, name="return_visit_month"),
    path("return-visits/publish/", month.publish, name="return_visit_month_publish"),
    path("return-visits/plan/", month.plan, name="return_visit_plan"),
]
