"""Writing what supervising keeps beside the book: named views of the list."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from hemu.access.actors import Actor
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.transaction import operation
from hemu.supervision.models import NamedView
from hemu.supervision.queries import VIEWS, view_for
from hemu.supervision.rules import Filters

NAME_LENGTH = 40


@operation
def keep_view(*, by: Actor, name: str, filters: Filters, office: UUID | None, now: datetime) -> NamedView:
    """Keep filters under a name, one's own or shared with an office where one works.

    Raises:
        RuleViolation: ``view.no_name``, ``view.name_taken``, ``view.too_many``, ``view.not_your_office``,
            ``view.no_filters``.
    """
    name = " ".join(name.split())[:NAME_LENGTH]
    if not name:
        raise RuleViolation("view.no_name")
    if not filters.chosen():
        raise RuleViolation("view.no_filters")
    if office is not None and office not in by.offices:
        raise RuleViolation("view.not_your_office")
    if NamedView.objects.filter(staff=by.staff_id).count() >= VIEWS:
        raise RuleViolation("view.too_many", limit=VIEWS)
    view = NamedView(
        id=new_id(now),
        name=name,
        staff_id=by.staff_id,
        office_id=office,
        filters=filters.chosen(),
        made_at=now,
    )
    try:
        with transaction.atomic():
            view.save(force_insert=True)
    except IntegrityError:
        raise RuleViolation("view.name_taken", name=name) from None
    return view


@operation
def drop_view(*, by: Actor, view_id: UUID) -> None:
    """Delete a view.

    Raises:
        RuleViolation: ``view.not_found``.
    """
    view_for(by, view_id).delete()
