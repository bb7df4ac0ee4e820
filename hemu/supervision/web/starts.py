"""Where the day's review of complaints begins."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hemu.infra.web.starts import Start

STARTS = {"request.daily_review.done": Start(_("去盘点"), lambda _subject: reverse("review"))}
