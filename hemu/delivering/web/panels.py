"""What the pages of a notice's paper say about its way to the homes: as it would go, afterwards as it went."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from hemu.delivering.queries import agreed_homes, figures_of
from hemu.infra.moments import office_day
from hemu.messaging.channels import ready_channels
from hemu.messaging.rules import Channel
from hemu.notices.models import Notice
from hemu.notices.queries_notices import reach_of
from hemu.notices.rules_notices import NEEDS_CONSENT
from hemu.papers.models import Document
from hemu.papers.web.about import About


def about(document: Document, now: datetime) -> list[About]:
    """Return whom a notice is for and how it reaches them."""
    notice = Notice.objects.select_related("community").filter(document=document).first()
    if notice is None:
        return []
    today = office_day(now)
    return _after(notice, today) if notice.published_at else _before(notice, today)


def _before(notice: Notice, today: date) -> list[About]:
    reach = reach_of(notice.community, notice.audience, on=today)
    by_message = _homes(reach["phones"])
    if Channel.SMS not in ready_channels():
        by_message = _("没有接短信平台，不发")
    elif notice.kind in NEEDS_CONSENT:
        by_message = _("%(n)s 户（只发给同意收活动短信的）") % {"n": agreed_homes(notice, on=today).count()}
    return [
        About(_("一共几户"), _homes(reach["homes"])),
        About(_("短信能到"), by_message),
        About(_("业主入口能看"), _homes(reach["phones"])),
        About(_("只能投信箱"), _homes(reach["boxes"])),
        About(_("没人住也没号码"), _homes(reach["nobody"])),
    ]


def _after(notice: Notice, today: date) -> list[About]:
    figures, url = figures_of(notice, on=today), reverse("notice_delivery", args=[notice.document_id])
    reached = _("%(reached)s 户 / %(homes)s 户") % {"reached": figures.reached, "homes": figures.homes}
    return [
        About(_("已送到"), reached, url),
        About(_("看过的"), _homes(figures.read), url),
        About(_("还没送到"), _homes(figures.left), url),
    ]


def _homes(count: int) -> str:
    return _("%(n)s 户") % {"n": count}


ABOUT_PAPERS = {"notice": about}
