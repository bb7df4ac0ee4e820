from django.urls import path

from hemu.field_work.web import month, phone, worker

urlpatterns = [
    path("", phone.today, name="field"),
    path("worker.js", worker.worker, name="field_worker"),
    path("month/", month.month, name="field_month"),
    path("month/<str:month>.xlsx", month.month_xlsx, name="field_month_xlsx"),
    path("<str:number>/", phone.job, name="field_job"),
    path("<str:number>/step/", phone.step, name="field_step"),
]
