"""A daughter calls for her father: whose matter it is and who spoke are kept apart, and it is settled who is answered."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from hemu.access.models import Account, ReadLog
from hemu.access.tests.house import House, at
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.ledger.queries import words_of
from hemu.service_requests.models import Named, Request
from hemu.service_requests.operations import Caller
from hemu.service_requests.tests.desk import CALLED, Desk, entries, written

REGISTER = "/requests/register/"
OWNER, DAUGHTER = "19900001234", "19900005678"


def client_of(login: str = "frontdesk") -> Client:
    client = Client()
    client.force_login(Account.objects.get(login=login))
    return client


def form(house: House, **more: str) -> dict[str, Any]:
    body = {"community": str(house.community.id), "home": str(house.home.id), "person": str(house.owner.id)}
    return {**body, "type": "complaint", "text": "楼上半夜装修。", **more}


def page_of(response: Any) -> str:
    return str(response.content.decode())


def called(house: House, **more: Any) -> Caller:
    return Caller(house.owner.id, "示例业主", OWNER, speaker="女儿王小姐", **more)


@pytest.mark.parametrize(
    ("more", "behalf", "answered"),
    [
        ({}, "concerned", ("示例业主", OWNER)),
        ({"speaker_phone": DAUGHTER}, "concerned", ("示例业主", OWNER)),
        ({"speaker_phone": DAUGHTER, "answer_speaker": True}, "speaker", ("女儿王小姐", DAUGHTER)),
    ],
)
def test_who_is_answered_is_a_fact_and_no_name_is(
    house: House, desk: Desk, more: dict[str, Any], behalf: str, answered: tuple[str, str]
) -> None:
    case = desk.register(caller=called(house, **more))
    (entry,) = entries(case)
    assert (case.answered_name, case.answered_phone) == answered
    assert (case.caller_name, case.caller_phone) == ("示例业主", OWNER)
    assert entry.facts["behalf"] == behalf
    assert words_of(entry)["speaker"] == "女儿王小姐"
    assert "王" not in str(entry.facts)


def test_without_another_nothing_of_it_stands_in_the_book(desk: Desk) -> None:
    (entry,) = entries(desk.register())
    assert "behalf" not in entry.facts
    assert not {"speaker", "speaker_phone"} & set(words_of(entry))


@pytest.mark.parametrize(
    ("caller", "code"),
    [
        (Caller(anonymous=True, speaker="女儿王小姐"), "behalf.anonymous"),
        (Caller(name="示例业主", speaker="女儿王小姐", answer_speaker=True), "behalf.no_phone"),
        (Caller(name="示例业主", answer_speaker=True), "behalf.no_phone"),
    ],
)
def test_what_does_not_hold_together_is_not_written(desk: Desk, caller: Caller, code: str) -> None:
    before = written()
    with pytest.raises(RuleViolation) as refused, transaction.atomic():
        desk.register(caller=caller)
    assert (refused.value.code, written()) == (code, before)


def test_a_second_matter_split_off_keeps_who_spoke(house: House, desk: Desk) -> None:
    case = desk.register(caller=called(house, speaker_phone=DAUGHTER, answer_speaker=True))
    desk.step(case, "frontdesk split", CALLED, words="还有一件。")
    other = Request.objects.exclude(id=case.id).get()
    assert (other.speaker_name, other.answered_phone) == ("女儿王小姐", DAUGHTER)


def test_the_page_registers_it_and_the_case_shows_both(house: House) -> None:
    desk = client_of()
    body = form(house, speaker="女儿王小姐", speaker_phone=DAUGHTER, answer_speaker="1")
    shown = page_of(desk.get(desk.post(REGISTER, body).headers["Location"]))
    case = Request.objects.get()
    assert (case.person_id, case.speaker_name, case.answer_speaker) == (house.owner.id, "女儿王小姐", True)
    assert "代为反映" in shown
    assert "199****5678" in shown
    assert DAUGHTER not in shown
    looked = page_of(desk.post(f"/requests/{case.number}/phone/", {"whose": "speaker"}))
    assert (DAUGHTER in looked, ReadLog.objects.count()) == (True, 1)


def test_a_refused_form_keeps_the_fold_open(house: House) -> None:
    refused = client_of().post(REGISTER, form(house, speaker="女儿王小姐", answer_speaker="1"))
    assert refused.status_code == 422
    assert "要答复替他说的人，请写下这个人的电话。" in page_of(refused)
    assert 'value="女儿王小姐"' in page_of(refused)
    assert Request.objects.count() == 0


def test_the_next_matter_of_the_same_call_keeps_who_spoke(house: House) -> None:
    desk = client_of()
    said = {"home": "", "person": "", "name": "老王", "phone": OWNER, "speaker": "女儿王小姐"}
    desk.post(REGISTER, form(house, **said))
    number = Request.objects.get().number
    desk.post(REGISTER, form(house, home="", person="", same_as=number, text="还有一件。"))
    assert list(Request.objects.values_list("caller_name", "speaker_name")) == [("老王", "女儿王小姐")] * 2


# ── whom a complaint names ───────────────────────────────────────────────────


def test_whom_the_clerk_marks_never_sees_the_case(house: House) -> None:
    with clock.standing_at(at(CALLED)):
        made = client_of().post(REGISTER, form(house, named="steward")).headers["Location"]
        assert {login: client_of(login).get(made).status_code for login in ("steward", "cs_supervisor")} == {
            "steward": 404,
            "cs_supervisor": 200,
        }
    case = Request.objects.get()
    (entry,) = entries(case)
    assert entry.facts["named"] == [house.by("steward").key]
    assert Named.objects.filter(request=case, alone=False).count() == 1


def test_an_unknown_login_is_refused(desk: Desk) -> None:
    before = written()
    with pytest.raises(RuleViolation, match=r"access\.unknown_login"), transaction.atomic():
        desk.register(named=["stranger"])
    assert written() == before
