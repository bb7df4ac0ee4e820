"""Is this record unaltered? As staff, the owner, somebody with number and code, and anybody see it."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

import hemu_verify
from conftest import triggers_asleep
from hemu.access.models import Account
from hemu.access.tests.house import House, found_house
from hemu.attesting.queries import attest, codes_by_day
from hemu.foundation.merkle import chain_head, root
from hemu.infra import clock
from hemu.infra.moments import office_day
from hemu.ledger.models import Entry, Leaf, Seal
from hemu.ledger.operations import erase_words, seal
from hemu.ledger.queries import timeline
from hemu.service_requests.models import Request
from hemu.service_requests.operations import make_owner_link
from hemu.service_requests.tests.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return found_house()


@pytest.fixture
def case(house: House) -> Request:
    """Return a case of which what was written so far is sealed."""
    found = Desk(house).register("complaint", text="水管漏水。")
    seal(now=found.registered_at + timedelta(hours=1))
    return found


def judged(case: Request) -> tuple[bool, int, int]:
    found = attest(timeline(case.subject))
    return found.altered, found.sealed_count, found.waiting_count


def client(login: str) -> Client:
    made = Client()
    made.force_login(Account.objects.get(login=login))
    return made


ALTERED = [
    "UPDATE ledger_entry SET actor = 'staff:other' WHERE subject = '{subject}'",
    "UPDATE ledger_entry SET facts = '{{\"x\":1.5}}' WHERE subject = '{subject}'",
    'UPDATE ledger_closedwords SET words = \'{{"text":"没有漏水"}}\'',
    "UPDATE ledger_leaf SET position = position + 1",
    "UPDATE ledger_seal SET root = head",
    "UPDATE ledger_seal SET root = 'zz'",
    "UPDATE ledger_seal SET previous = root",
    "UPDATE ledger_seal SET head = root",
]


@pytest.mark.parametrize("statement", ALTERED)
def test_whatever_is_altered_shows(case: Request, statement: str) -> None:
    assert judged(case) == (False, 1, 0)
    with triggers_asleep(), connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for each in statement.format(subject=case.subject).split("; "):
            cursor.execute(each)
        assert judged(case)[0] is True


def test_erased_words_alter_nothing_and_what_is_younger_waits(house: House, case: Request) -> None:
    for entry in timeline(case.subject):
        erase_words(entry_id=str(entry.id))
    assert judged(case) == (False, 1, 0)
    Desk(house).register("complaint", text="又漏了。")
    entries = list(Entry.objects.order_by("seq"))
    found = attest(entries)
    assert (found.altered, found.sealed_count, found.waiting_count) == (False, 1, len(entries) - 1)
    assert attest([]).since is None


def test_a_seal_of_before_that_was_worked_out_anew_breaks_the_chain_to_the_newest(
    house: House, case: Request
) -> None:
    Desk(house).register("complaint", text="又漏了。")
    seal(now=case.registered_at + timedelta(hours=2))
    assert judged(case) == (False, 1, 0)
    with triggers_asleep():
        entry, first = Entry.objects.get(subject=case.subject), Seal.objects.get(number=1)
        entry.actor = "staff:other"
        entry.digest = entry.computed_digest()
        entry.save()
        seqs = Leaf.objects.filter(seal=first).order_by("position").values_list("entry_seq", flat=True)
        tree = root([bytes.fromhex(Entry.objects.get(seq=seq).digest) for seq in seqs])
        first.root, first.head = tree.hex(), chain_head(bytes(32), tree, first.size, first.sealed_at).hex()
        first.save()
    found = attest(timeline(case.subject))
    assert (found.lines[0].sound, found.chained, found.altered) == (True, False, True)


def test_a_day_without_entries_repeats_the_code_of_the_day_before(case: Request) -> None:
    day = office_day(case.registered_at)
    first = Seal.objects.get()
    rows = codes_by_day(today=day + timedelta(days=1), days=3)
    assert rows == [(day + timedelta(days=1), first), (day, first), (day - timedelta(days=1), None)]


def test_staff_and_owner_are_told_in_one_sentence(house: House, case: Request) -> None:
    code = Seal.objects.get().code
    pages = [
        client("cs_supervisor").get(reverse("request_proof", args=[case.number])),
        Client().get(reverse("owner_proof", args=[make_owner_link(request=case, now=clock.now())])),
    ]
    for page in pages:
        text = page.content.decode()
        assert (page.status_code, "1 条记录从封存起没有改动过。" in text, code in text) == (200, True, True)
        assert "这里证明不了的" in text
    assert client("elsewhere").get(reverse("request_proof", args=[case.number])).status_code == 404
    assert Client().get(reverse("owner_proof", args=["not-a-link"])).status_code != 200
    shown = client("cs_supervisor").get(reverse("request", args=[case.number])).content.decode()
    assert reverse("request_proof", args=[case.number]) in shown


def test_anybody_may_ask_about_a_code(house: House, case: Request) -> None:
    code, asks = Seal.objects.get().code, Client()
    place = reverse("book_community", args=[house.community.code])
    for address in (reverse("book"), place):
        assert code in asks.get(address).content.decode()
        assert "码对得上" in asks.get(address, {"code": code.lower().replace("-", " ")}).content.decode()
        assert "没有哪次封存是这个码" in asks.get(address, {"code": "2222-2222-2222-2222"}).content.decode()
        wrong = asks.get(address, {"code": "O0"})
        assert (wrong.status_code, "不是封存码" in wrong.content.decode()) == (422, True)
    assert asks.get(reverse("book_community", args=["NOWHERE"])).status_code == 404


def test_where_a_code_was_published_is_written_once_and_shown_to_all(house: House, case: Request) -> None:
    desk, address = client("cs_supervisor"), reverse("book_publish")
    place = reverse("book_community", args=[house.community.code])
    form = {"community": str(house.community.id), "place": "board", "seal": "1", "key": "k"}
    refused = [{"place": "moon", "key": "a"}, {"seal": "9", "key": "b"}, {"community": "x", "key": "c"}]
    for wrong in refused:
        assert desk.post(address, {**form, **wrong}).status_code == 422
    elsewhere = {**form, "community": str(house.elsewhere.id), "key": "d"}
    assert desk.post(address, elsewhere).status_code == 422
    assert not Entry.objects.filter(kind="root.published").exists()
    assert desk.get(address).status_code == 200
    for _ in range(2):
        answer = desk.post(address, form)
        assert (answer.status_code, answer["Location"]) == (302, place)
    entry = Entry.objects.get(kind="root.published")
    assert (entry.book_id, entry.facts["place"]) == (house.community.book_id, "board")
    assert "公告栏" in Client().get(place).content.decode()
    assert client("frontdesk").post(address, form).status_code == 403


def test_a_package_is_taken_home_and_checked_with_the_code_on_paper(
    house: House, case: Request, tmp_path: Path
) -> None:
    day, code = str(office_day(case.registered_at)), Seal.objects.get().code
    asked = {"community": str(house.community.id), "from": day, "to": day}
    got = client("cs_supervisor").get(reverse("book_package"), asked)
    with ZipFile(BytesIO(b"".join(got.streaming_content))) as packed:  # type: ignore[attr-defined]
        packed.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    assert hemu_verify.main([str(folder), "--root", code]) == 0
    (folder / "entries.jsonl").write_bytes(
        (folder / "entries.jsonl").read_bytes().replace(b"registered", b"withdrawn")
    )
    assert hemu_verify.main([str(folder), "--root", code]) == 1
    for wrong in ({**asked, "to": "1999-01-01"}, {**asked, "community": str(house.elsewhere.id)}, {}):
        assert client("cs_supervisor").get(reverse("book_package"), wrong).status_code == 302
    assert client("frontdesk").get(reverse("book_package"), asked).status_code == 403


def test_the_codes_of_older_days_are_there_too(case: Request) -> None:
    code, day = Seal.objects.get().code, office_day(case.registered_at)
    older = Client().get(reverse("book"), {"day": str(day)}).content.decode()
    before = Client().get(reverse("book"), {"day": str(day - timedelta(days=1))}).content.decode()
    assert (older.count(f'mono">{code}'), before.count(f'mono">{code}')) == (1, 0)
    assert Client().get(reverse("book"), {"day": "9999-99-99"}).status_code == 200


def test_pages_before_the_first_seal(house: House) -> None:
    case = Desk(house).register("complaint", text="灯不亮。")
    page = client("cs_supervisor").get(reverse("request_proof", args=[case.number])).content.decode()
    assert "一小时内会封存，到时再看。" in page
    assert "还没有封存过。" in Client().get(reverse("book")).content.decode()
