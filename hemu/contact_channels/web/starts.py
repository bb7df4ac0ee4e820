"""Where the month's check of the channels begins."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hemu.infra.web.starts import Start


def _channels(subject: str) -> str:
    """Return the page of the check from its subject ``channels:COMMUNITY:MONTH``."""
    return f"{reverse('channels')}?community={UUID(subject.split(':')[1])}"


STARTS = {"channel.checked": Start(_("去检查"), _channels)}
