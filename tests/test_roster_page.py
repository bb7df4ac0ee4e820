"""Roster import by page and by command, as the desk and an outside checker use them."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hemu.access.models import Account
from hemu.access.tests.house import House, at, found_house
from hemu.config.commands import main
from hemu.estate.models import Home, RosterImport, Tie
from hemu.estate.roster import staging
from hemu.estate.roster.operations import WorkerLost
from hemu.estate.roster.reading import read_sheets
from hemu.estate.web import roster as page
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.troubles import note
from hemu.service_requests.operations import Caller, register_request
from hemu.service_requests.operations.links import make_owner_link, owner_request

HEAD = "房号;业主姓名;联系电话;面积"
MARCH = f"{HEAD}\n1-1-101;甲某;19900000001;90\n1-1-102;乙某;1990012;80\n天上;丙某;;70\n"
APRIL = f"{HEAD}\n1-1-101;丁某;19900000009;91\n1-1-102;乙某;;80\n"


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "PAUSE_SECONDS", 0)


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def desk(login: str = "cs_supervisor") -> Client:
    client = Client()
    client.force_login(Account.objects.get(login=login))
    return client


def sent(client: Client, house: House, text: str, community: object = None, name: str = "三月.csv") -> Any:
    file = SimpleUploadedFile(name, text.encode())
    chosen = (community or house.community).id  # type: ignore[attr-defined]
    answer: Any = client.post(reverse("roster"), {"community": str(chosen), "file": file})
    return answer


def address(name: str, row: RosterImport) -> str:
    return reverse(name, args=[row.id])


def written(client: Client, house: House, text: str, **answers: str) -> RosterImport:
    sent(client, house, text)
    row = RosterImport.objects.latest("id")
    client.post(address("roster_write", row), answers)
    row.refresh_from_db()
    return row


def test_an_import_that_killed_its_workers_says_so_and_can_be_given_up(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "AT_ONCE_BYTES", 0)
    client = desk()
    sent(client, house, MARCH)
    row = RosterImport.objects.get()
    assert "已停下" not in client.get(address("roster_import", row)).content.decode()
    for _ in range(5):
        note(kind="roster", key=row.id.hex, about="roster:一区", error=WorkerLost(), now=clock.now())
    shown = client.get(address("roster_import", row))
    assert (shown.status_code, "已停下" in shown.content.decode()) == (200, True)
    assert client.get(address("roster_progress", row)).headers["HX-Refresh"] == "true"
    trouble = desk("office_director").get(reverse("troubles")).content.decode()
    assert address("roster_import", row) in trouble
    assert client.post(address("roster_discard", row)).status_code == 302
    row.refresh_from_db()
    assert row.state == "discarded"


def test_upload_preview_write(house: House) -> None:
    client = desk()
    assert client.get(reverse("roster")).status_code == 200
    answer = sent(client, house, MARCH)
    row = RosterImport.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, address("roster_import", row))
    body = client.get(answer.headers["Location"]).content.decode()
    assert all(words in body for words in ("三月.csv", "1-1-101", "甲某", "没有收", "写入"))
    assert "199****" in client.get(answer.headers["Location"], {"show": "warnings"}).content.decode()
    assert Home.objects.filter(community=house.community, written="1-1-101").count() == 0
    assert client.post(address("roster_write", row)).status_code == 302
    row.refresh_from_db()
    assert row.state == "done"
    assert "名册已写入" in client.get(address("roster_import", row)).content.decode()
    assert Home.objects.get(community=house.community, written="1-1-101").area_centi == 9000
    assert client.post(address("roster_write", row)).status_code == 422


@pytest.mark.parametrize("show", ["created", "updated", "refused", "kept", "missing", "warnings", "nonsense"])
def test_every_tab_shows(house: House, show: str) -> None:
    client = desk()
    written(client, house, MARCH)
    Home.objects.filter(written="1-1-102").update(area_centi=1)
    sent(client, house, APRIL + "天上;;;\n1-1-109;;未留;\n")
    row = RosterImport.objects.latest("id")
    for start in ("", "0", "50", "-1", "x", "9" * 30):
        answer = client.get(address("roster_import", row), {"show": show, "start": start})
        assert answer.status_code == 200


def test_a_new_owner_is_asked_kept_and_settled(house: House) -> None:
    client = desk()
    written(client, house, MARCH)
    sent(client, house, APRIL)
    row = RosterImport.objects.latest("id")
    body = client.get(address("roster_import", row)).content.decode()
    assert "过户，还是写法不同" in body
    sold = {"answer:1-1-101": "sold", "on:1-1-101": "2026-03-01"}
    assert client.post(address("roster_answers", row), sold).status_code == 204
    body = client.get(address("roster_import", row)).content.decode()
    assert 'value="sold" checked' in body
    assert 'value="2026-03-01"' in body
    refused = client.post(address("roster_write", row), {**sold, "on:1-1-101": "明天"})
    assert refused.status_code == 422
    client.post(address("roster_write", row), sold)
    ties = Tie.objects.filter(home__written="1-1-101").values_list("person__name", "until")
    assert {(name, str(until)) for name, until in ties} == {("甲某", "2026-03-01"), ("丁某", "None")}


def test_a_sale_ends_the_old_owners_access_the_same_day(house: House) -> None:
    owner, by, day = house.owner, house.by("frontdesk"), at("2026-03-02 10:00")
    request = register_request(
        community=house.community,
        home=house.home,
        type="repair_home",
        text="水管漏水。",
        caller=Caller(owner.id, owner.name, "19900001234"),
        act=by.act(now=day),
        channel="phone",
        place="",
        late_reason="",
    )
    token = make_owner_link(request=request, now=day)
    client = desk()
    sold = {"answer:1-2-301": "sold", "on:1-2-301": "2026-03-03"}
    written(client, house, f"{HEAD}\n1-2-301;甲某;;\n", **sold)
    assert owner_request(token=token, now=day) == request
    with pytest.raises(RuleViolation, match=r"link\.not_valid"):
        owner_request(token=token, now=at("2026-03-03 00:00"))


def test_refused_rows_come_back_as_a_spreadsheet(house: House) -> None:
    client = desk()
    row = written(client, house, MARCH)
    answer = client.get(address("roster_refused", row))
    (sheet,), _ = read_sheets(answer.content)
    assert sheet.rows[0] == [*HEAD.split(";"), "原行号", "原因"]
    assert sheet.rows[1][:5] == ["天上", "丙某", "", "70", "4"]
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_preview_may_be_given_up(house: House) -> None:
    client = desk()
    sent(client, house, MARCH)
    row = RosterImport.objects.get()
    assert client.post(address("roster_discard", row)).headers["Location"] == reverse("roster")
    assert client.get(address("roster_import", row)).headers["Location"] == reverse("roster")


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [("x;y\n1;2", "x.csv", "表头"), ("", "x.csv", "空"), ("<html>", "x.xls", "读不出来")],
)
def test_a_file_that_is_refused_says_what_would_be_accepted(
    house: House, text: str, name: str, words: str
) -> None:
    client = desk()
    answer = sent(client, house, text, name=name)
    if answer.status_code == 302:
        answer = client.get(answer.headers["Location"])
    assert words in answer.content.decode()


def test_what_is_missing_from_the_form_is_asked_for(house: House) -> None:
    client = desk()
    answer = client.post(reverse("roster"), {"community": str(house.community.id)})
    assert (answer.status_code, "请选一个文件" in answer.content.decode()) == (422, True)
    assert sent(client, house, MARCH, community=house.elsewhere).status_code == 422


def test_a_big_file_waits_for_the_worker_and_shows_progress(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "AT_ONCE_BYTES", 0)
    client = desk()
    sent(client, house, MARCH)
    row = RosterImport.objects.get()
    assert "hx-get" in client.get(address("roster_import", row)).content.decode()
    assert client.get(address("roster_progress", row)).status_code == 200
    RosterImport.objects.update(state="preview")
    assert client.get(address("roster_progress", row)).headers["HX-Refresh"] == "true"


def test_another_offices_import_is_not_found(house: House) -> None:
    sent(desk(), house, MARCH)
    row = RosterImport.objects.get()
    stranger = desk("elsewhere")
    for name in ("roster_import", "roster_progress", "roster_refused"):
        assert stranger.get(address(name, row)).status_code == 404
    for name in ("roster_write", "roster_discard", "roster_answers"):
        assert stranger.post(address(name, row)).status_code == 404


# ── the command ──────────────────────────────────────────────────────────────


def hemu(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    code = main(arguments)
    said = capsys.readouterr().out
    return code, json.loads(said) if said else None


def test_the_command(db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "名册.csv"
    file.write_text(MARCH)
    arguments = ("roster", "import", str(file), "--community", "云锦苑", "--json")
    code, value = hemu(capsys, *arguments, "--dry-run")
    assert code == 0
    assert {name: value[name] for name in value if name not in ("refused", "warnings")} == {
        "rows": 3, "homes": 2, "households": 2, "people": 2, "created": 2, "updated": 0, "unchanged": 0,
    }  # fmt: skip
    assert [(row["sheet"], row["row"]) for row in value["refused"]] == [("名册", 4)]
    assert list(value["refused"][0]) == ["sheet", "row", "reason"]
    assert len(value["warnings"]) == 1
    assert hemu(capsys, "community", "list", "--json")[1] == []
    assert hemu(capsys, *arguments)[1]["created"] == 2
    assert hemu(capsys, *arguments)[1]["unchanged"] == 2
    assert hemu(capsys, "community", "list", "--json")[1] == [{"name": "云锦苑", "homes": 2, "occupied": 0}]


def test_the_commands_refusals(db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.csv"
    file.write_text("x,y")
    code, value = hemu(capsys, "roster", "import", str(file), "--community", "甲", "--json")
    assert (code, value["error"]) == (1, "roster.no_header")
    code, value = hemu(capsys, "roster", "import", str(tmp_path / "none"), "--community", "甲", "--json")
    assert (code, value["error"]) == (1, "roster.no_such_file")
    assert hemu(capsys, "roster", "import", str(file)) == (2, None)
