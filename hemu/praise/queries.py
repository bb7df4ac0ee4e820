"""Reading praise: of a case, and of a person in a span of time."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from hemu.estate.models import Post
from hemu.infra.moments import office_day
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


def colleagues(request: Request, *, now: datetime) -> list[tuple[str, str]]:
    """Return who works at the office of a case, as (id, name), by name: whom an owner may mean."""
    today = office_day(now)
    posts = Post.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today), office=request.community.office_id, since__lte=today
    )
    people = posts.order_by("staff__name").values_list("staff_id", "staff__name").distinct()
    return [(str(staff), name) for staff, name in people]
