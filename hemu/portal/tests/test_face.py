"""The face of who comes: set on the page of staff, seen by the owner while that person is to come, and no longer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hemu.access.models import Account
from hemu.access.tests.house import House, at
from hemu.attachments.models import KeptFile
from hemu.attachments.queries import verify_files
from hemu.attachments.tests.samples import jpeg
from hemu.infra import clock
from hemu.ledger.models import Entry
from hemu.portal.tests.conftest import NOW, OWNER, Phoned
from hemu.service_requests.models import Request
from hemu.service_requests.operations import make_owner_link
from hemu.service_requests.tests.desk import CALLED, Desk

SENT = (
    ("frontdesk classify", "2026-09-30 16:05", {"trade": "repair"}),
    ("cs_supervisor dispatch", "2026-09-30 16:10", {"to": "technician"}),
)


class Director:
    def __init__(self, house: House, login: str = "office_director") -> None:
        self.client = Client()
        self.client.force_login(Account.objects.get(login=login))
        self.url = f"/staff/{house.by('technician').staff_id}/portrait/"

    def post(self, **data: object) -> int:
        with clock.standing_at(NOW):
            return self.client.post(self.url, data).status_code


def photo(name: str = "a.jpg", data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or jpeg(), "image/jpeg")


@pytest.fixture
def case(desk: Desk) -> Request:
    return desk.go(desk.register("repair_home"), *SENT)


def test_the_owner_sees_who_comes_while_they_come(desk: Desk, house: House, case: Request) -> None:
    url = f"/o/{make_owner_link(request=case, now=at(CALLED))}/"
    owner = Phoned(OWNER)
    assert "<img" not in owner.see(url).split("谁来办")[1].split("</section>")[0]
    assert Director(house).post(**{"file.photo": photo()}) == 302
    face = KeptFile.objects.get()
    thumb = f"files/{face.id}/thumb/"
    assert f"{url}{thumb}" in owner.see(url)
    assert owner.get(f"{url}{thumb}").status_code == 200
    logged_in = owner.logs_in()
    assert logged_in.get(f"/my/cases/{case.number}/{thumb}").status_code == 200
    desk.step(case, "technician resolve", "2026-09-30 16:40")
    assert owner.get(f"{url}{thumb}").status_code == 404


def test_a_new_picture_takes_the_place_of_the_old_and_goes_when_asked(house: House) -> None:
    director = Director(house)
    for size in ((40, 30), (30, 40)):
        assert director.post(**{"file.photo": photo(data=jpeg(size))}) == 302
    assert KeptFile.objects.count() == 1
    assert verify_files().problems == []
    assert director.post(act="remove") == 302
    kinds = (
        Entry.objects.filter(subject=house.by("technician").key)
        .order_by("seq")
        .values_list("kind", flat=True)
    )
    assert (list(kinds), KeptFile.objects.count()) == (
        ["staff.pictured", "staff.pictured", "staff.unpictured"],
        0,
    )


@pytest.mark.parametrize("data", [{}, {"file.photo": photo("a.jpg", b"<svg/>")}])
def test_what_is_no_picture_is_refused(house: House, data: dict[str, object]) -> None:
    assert (Director(house).post(**data), KeptFile.objects.count()) == (422, 0)


def test_only_who_keeps_the_staff_sets_it(house: House) -> None:
    assert (Director(house, "technician").post(**{"file.photo": photo()}), KeptFile.objects.count()) == (
        403,
        0,
    )
