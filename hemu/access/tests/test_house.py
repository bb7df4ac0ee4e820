"""The places of the tests' company are as the operations make them, though they are entered all at once."""

from typing import Any

import pytest
from django.db import transaction

from hemu.access.operations import make_account
from hemu.access.tests.house import BEGAN, found_house
from hemu.estate.models import Community, Department, Office, Staff
from hemu.estate.operations import open_community, open_department, open_office
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id


def told(row: Any) -> dict[str, Any]:
    """Return a row's values but for identities; of its book the level, and of what it belongs to the name."""
    fields = [each for each in row._meta.concrete_fields if not (each.primary_key or each.is_relation)]
    values = {each.name: getattr(row, each.name) for each in fields}
    book, office = getattr(row, "book", None), getattr(row, "office", None)
    levels = (book.id[:3], len(book.id), book.level, book.parent.level) if book else ()
    return values | {"book": levels, "office": office.name if office else ""}


def all_told() -> list[dict[str, Any]]:
    rows = [*Office.objects.order_by("name"), *Community.objects.order_by("name"), *Department.objects.all()]
    return [told(row) for row in rows]


@pytest.mark.django_db
def test_its_places_are_as_if_opened() -> None:
    with transaction.atomic():
        offices = [open_office(name=name, now=BEGAN) for name in ("和风管理处", "听涛管理处")]
        for name, office in (("和风花园", offices[0]), ("和风二期", offices[0]), ("听涛苑", offices[1])):
            open_community(name=name, office=office, now=BEGAN)
        open_department(office=offices[0], name="工程部", trade="repair", now=BEGAN)
        opened = all_told()
        transaction.set_rollback(True)
    assert Office.objects.count() == 0
    found_house()
    assert all_told() == opened
    assert len(opened) == 6


@pytest.mark.parametrize("login", ["", "长" * 61])
def test_a_log_in_is_as_long_as_it_may_be(db: None, login: str) -> None:
    with pytest.raises(RuleViolation, match=r"account\.login_length"):
        make_account(login=login, password="long enough 2026", staff=Staff(id=new_id(BEGAN), name="示例"))
