"""Where reports are written, and the year's plan."""

from django.utils.translation import gettext_lazy as _

from hemu.infra.web.starts import Start
from hemu.reports.web.links import report_url

STARTS = {"report.published": Start(_("写报告"), report_url), "plan.approved": Start(_("做计划"), report_url)}
