"""Statements put together once: they read and write what Django's own would, whatever the values."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError
from django.db.models import CharField, DateTimeField, Q

from hemu.infra.models import IdempotentAnswer, SearchToken
from hemu.infra.prepared import AT_ONCE, Given, Reading, insert

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 8, 30, 0, 123456, tzinfo=UTC)
LATER = NOW.replace(hour=9)


def kept(key: str, at: datetime = NOW) -> IdempotentAnswer:
    return IdempotentAnswer(account="a", key=key, digest="", answer={"a": [None, "%s"]}, created_at=at)


def test_values_are_read_anew_each_time() -> None:
    until = Q(created_at__lt=Given("until", DateTimeField()))
    rows = IdempotentAnswer.objects.filter(until, account=Given("account", CharField())).order_by("key")
    reading = Reading(lambda: rows.values_list("key", "answer", "created_at"))
    insert(kept("1"), kept("2", LATER))
    first = ("1", {"a": [None, "%s"]}, NOW)
    assert reading(account="a", until=LATER) == [first]
    assert reading(account="a", until=datetime.max.replace(tzinfo=UTC)) == [
        first,
        ("2", {"a": [None, "%s"]}, LATER),
    ]
    assert reading(account="a' OR '1'='1", until=LATER) == []


def test_rows_come_with_what_belongs_to_them() -> None:
    kind = ContentType.objects.create(app_label="prepared", model="thing")
    for codename in ("see", "do"):
        Permission.objects.create(content_type=kind, codename=codename, name=codename)
    rows = Permission.objects.select_related("content_type").filter(content_type__app_label="prepared")
    reading = Reading(lambda: rows.filter(codename=Given("codename", CharField())))
    for codename in ("see", "do"):
        (found,) = reading(codename=codename)
        own = rows.get(codename=codename)
        assert {**vars(found), "_state": None} == {**vars(own), "_state": None}
        assert (found._state.adding, found._state.db) == (False, "default")
        assert found._state.fields_cache == own._state.fields_cache == {"content_type": kind}
    assert reading(codename="none") == []


def test_rows_are_written_as_saving_writes_them() -> None:
    row = kept("1")
    insert(row)
    kept("2").save()
    one, two = IdempotentAnswer.objects.order_by("key").values("account", "digest", "answer", "created_at")
    assert one == two
    assert IdempotentAnswer.objects.get(key="1").pk == row.pk
    row.digest = "x"
    row.save()
    assert IdempotentAnswer.objects.filter(digest="x").count() == 1


def test_several_rows_take_one_statement_and_get_their_keys(django_assert_num_queries: object) -> None:
    rows = [kept(key) for key in "123"]
    with django_assert_num_queries(1):  # type: ignore[operator]
        insert(*rows)
    assert {row.pk: row.key for row in rows} == dict(IdempotentAnswer.objects.values_list("id", "key"))
    insert()


def test_more_rows_than_a_statement_takes_are_all_written() -> None:
    insert(
        *(SearchToken(token=number, target=UUID(int=7), scope=UUID(int=8)) for number in range(AT_ONCE + 1))
    )
    assert SearchToken.objects.filter(scope=UUID(int=8)).count() == AT_ONCE + 1


def test_only_a_taken_key_is_passed_over() -> None:
    insert(SearchToken(token=1, target=UUID(int=7), scope=UUID(int=8)))
    insert(kept("1"), pass_over=True)
    insert(kept("1"), kept("2"), pass_over=True)
    assert IdempotentAnswer.objects.count() == 2
    nothing = kept("3")
    nothing.account = None  # type: ignore[assignment]
    with pytest.raises(IntegrityError):
        insert(nothing, pass_over=True)


def test_a_taken_key_is_an_error() -> None:
    insert(kept("1"))
    with pytest.raises(IntegrityError):
        insert(kept("1"))
