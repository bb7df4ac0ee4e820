"""`hemu portal …`: one JSON value on stdout, 0 done, 1 refused."""

import json
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

from hemu.access.tests.house import found_house
from hemu.config.commands import main
from hemu.infra import clock
from hemu.portal.tests.conftest import STRANGER, Phoned, later
from hemu.service_requests.models import Request


def test_the_desks_commands(db: None) -> None:
    house = found_house()
    stranger = Phoned(STRANGER).logs_in()
    stranger.post(
        "/my/write/", text="厨房水管漏水。", place="1-2-302", key="k", community=str(house.community.id)
    )
    case = Request.objects.get()
    assert run("portal", "unmatched", "--by", "frontdesk")[1]["items"] == [
        {
            "number": case.number,
            "community": "和风花园",
            "said_place": "1-2-302",
            "phone": "199****9999",
            "text": "厨房水管漏水。",
            "written_at": "2026-09-30T17:00:00+08:00",
        }
    ]
    tie = ("portal", "match", case.number, "--by", "frontdesk", "--home", "1栋2单元301")
    assert run(*tie, "--person", "没有这个人")[1]["error"] == "portal.not_of_home"
    assert run(*tie, "--person", "示例业主", "--keep-phone") == (
        0, {"number": case.number, "home": "1-2-301", "version": 2},
    )  # fmt: skip
    assert (
        run("portal", "match", case.number, "--by", "technician", "--home", "1-2-301")[1]["error"]
        == "access.denied"
    )
    assert run("portal", "log-out", STRANGER) == (0, {"ended": 1})
    assert stranger.get("/my/").status_code == 302


def run(*words: str) -> tuple[int, Any]:
    out = StringIO()
    with redirect_stdout(out), clock.standing_at(later(hours=1)):
        code = main([*words, "--json"])
    return code, json.loads(out.getvalue())
