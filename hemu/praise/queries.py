"""Reading praise: of a case, and of a person in a span of time."""

from datetime import datetime
from uuid import UUID

from hemu.praise.models import Praise
from hemu.service_requests.models import Request


def praises_of(request: Request) -> list[Praise]:
    """Return who was praised in a case, in the order in which it was passed on."""
    return list(Praise.objects.filter(request=request).select_related("staff").order_by("id"))


def praise_count(staff_id: UUID, *, since: datetime, until: datetime) -> int:
    """Return in how many cases a person was praised from ``since`` to before ``until``, by when the owner said it."""
    return Praise.objects.filter(staff=staff_id, praised_at__gte=since, praised_at__lt=until).count()


def praised(staff_id: UUID, *, since: datetime, until: datetime) -> list[Praise]:
    """Return the praise of a person in a span, newest first, with the cases."""
    rows = Praise.objects.filter(staff=staff_id, praised_at__gte=since, praised_at__lt=until)
    return list(rows.select_related("request").order_by("-praised_at"))
