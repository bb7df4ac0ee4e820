"""Every address of the product. What a view needs stands on the view; one that says nothing is never served."""

from django.urls import include, path

from hemu.config.metrics import metrics
from hemu.front_desk.web.urls import photo_urls
from hemu.interface.web.urls import token_urls

urlpatterns = [
    path("metrics", metrics, name="metrics"),
    path("api/v1/", include("hemu.interface.web.urls")),
    path("systems/", include(token_urls)),
    path("", include("hemu.console.web.urls")),
    path("", include("hemu.duty_calendar.web.urls")),
    path("", include("hemu.duty_wall.web.urls")),
    path("", include("hemu.infra.web.urls")),
    path("", include("hemu.sign_in.web.urls")),
    path("gateway/", include("hemu.messaging.web.urls")),
    path("requests/", include("hemu.front_desk.web.urls")),
    path("p/", include(photo_urls)),
    path("", include("hemu.supervision.web.urls")),  # before the cases: its words are no numbers
    path("", include("hemu.service_requests.web.urls")),
    path("dispatching/", include("hemu.dispatching.web.urls")),
    path("papers/", include("hemu.paper_arranging.web.urls")),
    path("papers/", include("hemu.papers.web.urls")),  # before the forms: its words are none of theirs
    path("", include("hemu.request_papers.web.urls")),
    path("", include("hemu.attesting.web.urls")),
    path("", include("hemu.tracking.web.urls")),
    path("pads/", include("hemu.paper_pads.web.urls")),
    path("field/", include("hemu.field_work.web.urls")),
    path("requests/", include("hemu.praise.web.urls")),
    path("", include("hemu.correspondence.web.urls")),
    path("", include("hemu.portal.web.urls")),
    path("reports/", include("hemu.reports.web.urls")),
    path("", include("hemu.contact_channels.web.urls")),
    path("", include("hemu.procedures.web.urls")),
    path("", include("hemu.delivering.web.urls")),  # before the notices: its words are none of theirs
    path("", include("hemu.notices.web.urls")),
    path("file/", include("hemu.filing.web.urls")),
    path("figures/", include("hemu.figures.web.urls")),
    path("", include("hemu.statements.web.urls")),
    path("", include("hemu.meetings.web.urls")),
    path("", include("hemu.committee_desk.web.urls")),
    path("committee/", include("hemu.committee.web.urls")),
    path("actions/", include("hemu.quality.web.urls")),
    path("rules/", include("hemu.adjusting.web.urls")),
    path("matters/", include("hemu.stewardship.web.urls")),
    path("return-visits/", include("hemu.return_visits.web.urls")),
    path("", include("hemu.setting_up.web.urls")),
    path("staff/", include("hemu.staffing.web.urls")),
    path("files/", include("hemu.attachments.web.urls")),
    path("rosters/", include("hemu.estate.web.urls")),
]
handler400 = "hemu.infra.web.errors.bad_request"
handler403 = "hemu.infra.web.errors.forbidden"
handler404 = "hemu.infra.web.errors.not_found"
handler500 = "hemu.infra.web.errors.server_error"
