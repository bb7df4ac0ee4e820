"""Where owners are told of what was found, and of their property."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hemu.infra.web.starts import Start


def _matter(subject: str) -> str:
    return reverse("matter", args=[UUID(subject.partition(":")[2])])


STARTS = dict.fromkeys(("issue.communicated", "owner_property.reported"), Start(_("去告知"), _matter))
