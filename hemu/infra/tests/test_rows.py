"""Plain rows: they read as if the product had written them; one whose key is taken is passed over."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError

from hemu.infra.models import IdempotentAnswer, SearchToken
from hemu.infra.rows import insert_new

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 8, 30, 0, 123456, tzinfo=UTC)
SAME: dict[str, object] = {"digest": "", "answer": {"a": [None, "%s"]}, "created_at": NOW}


def written(*keys: str) -> int:
    return insert_new(IdempotentAnswer, ("account", "key"), (("a", key) for key in keys), SAME)


def test_rows_are_written_once() -> None:
    assert (written("1", "2"), written("2", "3"), written()) == (2, 1, 0)
    rows = IdempotentAnswer.objects.order_by("key").values_list("account", "key", "answer", "created_at")
    assert list(rows) == [("a", key, {"a": [None, "%s"]}, NOW) for key in "123"]


def test_ids_moments_and_none_are_kept_as_the_product_keeps_them() -> None:
    target = UUID(int=7)
    assert insert_new(SearchToken, ("token", "target"), [(1, target)], {"scope": target}) == 1
    assert SearchToken.objects.get(scope=target, token=1).target == target


def test_only_a_taken_key_is_passed_over() -> None:
    with pytest.raises(IntegrityError):
        insert_new(IdempotentAnswer, ("account", "key"), [("a", None)], SAME)
