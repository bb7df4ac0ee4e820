"""What the owner signs on the glass, and pictures taken at the door: on what an entry then rests."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hemu.access.models import Account
from hemu.access.tests.house import at
from hemu.attachments.operations import keep_file
from hemu.attachments.tests import samples
from hemu.field_work.operations import AtTheDoor, take_job_step
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import Desk, duties, entries, written

NOW = at("2026-09-30 16:40")
TAKEN: list[Any] = [
    ("frontdesk classify", "2026-09-30 16:05", {"trade": "repair"}),
    ("cs_supervisor dispatch", "2026-09-30 16:10", {"to": "technician"}),
    ("technician accept", "2026-09-30 16:15"),
]


@pytest.fixture
def case(desk: Desk) -> Request:
    return desk.go(desk.register("repair_home", "2026-09-30 16:00"), *TAKEN)


def go(
    desk: Desk, case: Request, step: str, use: str = "", login: str = "technician", **more: Any
) -> Request:
    by = desk.house.by("technician")
    files = []
    if use:
        row = keep_file(data=samples.jpeg((80, 40)), use=use, by=desk.house.by(login).key, now=NOW)
        files = [str(row.id)]
    return take_job_step(number=case.number, step=step, act=by.act(now=NOW), by=by, files=files, **more)


def rests_on(case: Request) -> list[tuple[str, str, list[str]]]:
    """Return kind, proof and uses of the files of the entries since the job was accepted."""
    return [
        (
            each.kind.removeprefix("request."),
            each.proof,
            [file["use"] for file in each.facts.get("files", ())],
        )
        for each in entries(case)[4:]
    ]


def test_one_signature_tells_and_confirms(desk: Desk, case: Request) -> None:
    go(desk, case, "resolve", "after", words="换了角阀。")
    case = go(desk, case, "confirm", "signature", words="师傅很仔细。")

    assert rests_on(case) == [
        ("resolved", "device", ["after"]),
        ("owner_informed", "own", []),
        ("replied", "own", []),
        ("owner_confirmed", "own", ["signature"]),
    ]
    assert (case.state, case.confirmed_by_owner) == ("confirmed", True)
    met = {clause: duties(case)[clause][0] for clause in ("RQ-05", "RQ-06", "RQ-10")}
    assert met == {"RQ-05": "fulfilled", "RQ-06": "fulfilled", "RQ-10": "fulfilled"}
    assert desk.step(case, "frontdesk close", "2026-09-30 17:00").outcome == "confirmed"


def test_a_price_taken_by_signature_lets_the_work_begin(desk: Desk, case: Request) -> None:
    go(desk, case, "quote", words="换阀", door=AtTheDoor(labour_fen=8000))
    with pytest.raises(RuleViolation, match=r"quote\.not_accepted"):
        go(desk, case, "resolve", words="换了。")
    with pytest.raises(RuleViolation, match=r"signature\.missing"):
        go(desk, case, "accept_quote", "photo")
    case = go(desk, case, "accept_quote", "signature")
    assert (rests_on(case)[-1], case.quote_accepted_at) == (("quote_accepted", "own", ["signature"]), NOW)
    assert go(desk, case, "resolve", words="换了。").state == "resolved"


def test_somebody_elses_signature_is_none(desk: Desk, case: Request) -> None:
    go(desk, case, "resolve", words="换了。")
    before = written()
    with pytest.raises(RuleViolation, match=r"signature\.missing"):
        go(desk, case, "confirm", "signature", login="security")
    assert written() == before


def test_nobody_home_with_the_slip_twice_goes_back(desk: Desk, case: Request) -> None:
    go(desk, case, "nobody_home", "slip")
    case = go(desk, case, "nobody_home", "slip")
    assert rests_on(case)[:2] == [("nobody_home", "device", ["slip"])] * 2
    assert case.state == "classified"


def test_a_form_with_pictures_sent_twice_is_one_step(desk: Desk, case: Request) -> None:
    phone = Client()
    phone.force_login(Account.objects.get(login="technician"))
    answers = []
    with clock.standing_at(NOW):
        for age in ("10", "60"):
            picture = SimpleUploadedFile("before.jpg", samples.jpeg((80, 40)), "image/jpeg")
            form = {"step": "arrive", "key": "k", "age": age, "file.before": picture}
            answers.append(
                phone.post(f"/field/{case.number}/step/", form, headers={"accept": "application/json"})
            )
    assert [answer.status_code for answer in answers] == [200, 200]
    assert rests_on(case) == [("arrived", "device", ["before"])]
