"""The notices of one's own building behind the owners' door: read in large type, kept as read, corrected where they were."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemu.access.tests.house import House, at
from hemu.delivering.models import Agreement
from hemu.delivering.tests.out import gone_out
from hemu.infra import clock
from hemu.infra.identity import new_id
from hemu.notices.models import Notice, NoticeRead
from hemu.portal.models import OwnerSession
from hemu.portal.rules import token_digest

pytestmark = pytest.mark.django_db
NOW = "2026-10-12 11:00"


def logged_in(phone: str = "19900001234") -> Client:
    OwnerSession.objects.create(
        id=new_id(at(NOW)),
        digest=token_digest("sample"),
        phone=phone,
        made_at=at(NOW),
        ends_at=at("2026-12-20 09:00"),
    )
    client = Client()
    client.cookies["owner"] = "sample"
    return client


def test_a_notice_is_read_in_full_and_names_its_correction(house: House) -> None:
    with clock.standing_at(at(NOW)):
        old, owner = gone_out(house), logged_in()
        gone_out(house, title="给邻居的", audience=["1-2-302"])
        page = reverse("my_notice", args=[old.document_id])
        assert "明天停水。" in owner.get(page).content.decode()
        assert [(each.notice_id, each.home_id) for each in NoticeRead.objects.all()] == [
            (old.document_id, house.home.id)
        ]
        new = gone_out(house, title="更正：停水通知", replaces=old.document)
        assert reverse("my_notice", args=[new.document_id]) in owner.get(page).content.decode()
        listed = owner.get(reverse("my_notices")).content.decode()
        assert ("已更正" in listed, "给邻居的" in listed) == (True, False)


def test_how_many_statements_the_list_takes(house: House) -> None:
    with clock.standing_at(at(NOW)):
        owner = logged_in()

        def statements() -> int:
            with CaptureQueriesContext(connection) as asked:
                assert owner.get(reverse("my_notices")).status_code == 200
            return len(asked.captured_queries)

        gone_out(house)
        statements()
        one = statements()
        for number in (2, 3):
            gone_out(house, title=f"第{number}份")
        assert (statements(), Notice.objects.count()) == (one, 3)


def test_messages_about_events_are_wanted_and_no_longer(house: House) -> None:
    with clock.standing_at(at(NOW)):
        owner, agree = logged_in(), reverse("my_notices_agree")
        assert "活动也发短信给我" in owner.get(reverse("my_notices")).content.decode()
        owner.post(agree, {"agree": "1"})
        assert Agreement.objects.get().person_id == house.owner.id
        assert "活动不用发了" in owner.get(reverse("my_notices")).content.decode()
        owner.post(agree, {"agree": ""})
        assert not Agreement.objects.exists()
