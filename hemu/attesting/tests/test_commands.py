"""`hemu ledger seal | export | publish | verify` from one end to the other, in the process of the test."""

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import hemu_verify
from hemu.access.tests.house import BEGAN, found_house
from hemu.attesting.management import cli as outside
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.ledger.management import cli as inside
from hemu.ledger.operations import Act, append

pytestmark = pytest.mark.django_db
NOW = BEGAN + timedelta(hours=1)


def call(name: str, *arguments: str) -> Any:
    command = next(each for each in (*inside.COMMANDS, *outside.COMMANDS) if each.name == name)
    parser = ArgumentParser(exit_on_error=False)
    command.arguments(parser)
    options = parser.parse_args(list(arguments))
    options.now = NOW
    return command.run(options)


def test_from_a_seal_to_a_published_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    house, folder = found_house(), tmp_path / "package"
    name, day = house.community.name, str(office_day(NOW))
    publish = ("publish", "--community", name, "--place", "board", "--by")
    with pytest.raises(RuleViolation, match=r"root\.no_such_seal"):
        call(*publish, "cs_supervisor")
    assert call("seal") == {"seals": 0, "number": 0, "code": "", "sealed_at": None, "unsealed": 0}
    note(house.community.book_id)
    sealed = call("seal")
    assert (sealed["seals"], sealed["number"], sealed["unsealed"]) == (1, 1, 0)
    with pytest.raises(RuleViolation, match=r"access\.denied"):
        call(*publish, "frontdesk")
    assert call(*publish, "cs_supervisor", "--root", sealed["code"].lower())["code"] == sealed["code"]
    verified = call("verify", "--root", sealed["code"])
    assert {each: verified[each] for each in ("ok", "entries", "unsealed", "code", "published")} == {
        "ok": True, "entries": 2, "unsealed": 1, "code": sealed["code"], "published": 1,
    }  # fmt: skip
    assert call("verify", "--root", "2222-2222-2222-2222")["problems"] == [
        "no seal has the published code 2222-2222-2222-2222"
    ]
    exported = call("export", "--community", name, "--from", day, "--to", day, str(folder))
    told = {"package": str(folder), "entries": 2, "unsealed": 1, "seals": 1, "code": sealed["code"]}
    assert exported == told
    assert hemu_verify.main([str(folder), "--root", sealed["code"]]) == 0
    assert "起没有改动 · Unaltered since" in capsys.readouterr().out


def note(book: str) -> None:
    """Write what no reaction listens to."""
    act = Act("staff:x", NOW, NOW)
    append(book=book, kind="dispatching.switched", subject="office:1", act=act, facts={"at_sorting": True})
