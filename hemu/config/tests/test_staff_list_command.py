"""`hemu staff import`, `leave`, `code` and `hemu setup status`, as somebody at a server uses them."""

from pathlib import Path

import pytest

from hemu.config.tests.commands import hemu

pytestmark = pytest.mark.django_db  # it runs once on each database

LIST = "姓名,岗位,电话,部门,备注\n测试甲,维修工,19900001234,工程部,\n测试乙,管家,,客服部,\n测试丙,厨师,,,\n"


def test_a_staff_list_is_compared_then_written_then_the_same(tmp_path: Path) -> None:
    file = tmp_path / "员工.csv"
    file.write_bytes(LIST.encode("gb18030"))
    command = ["staff", "import", str(file), "--json"]
    seen, written, again, status, code, left, staff, none = hemu(
        tmp_path / "home",
        command,
        [*command, "--apply"],
        [*command, "--apply"],
        ["setup", "status", "--json"],
        ["staff", "code", "ceshijia", "--json"],
        ["staff", "leave", "ceshijia", "--to", "ceshiyi", "--json"],
        ["staff", "list", "--json"],
        ["setup", "code", "--json"],
    )
    for answer, applied, created, unchanged in (
        (seen, False, 2, 0),
        (written, True, 2, 0),
        (again, True, 0, 2),
    ):
        assert answer.code == 0
        found = {name: answer.json[name] for name in ("applied", "created", "unchanged")}
        assert found == {"applied": applied, "created": created, "unchanged": unchanged}
    (refused,) = seen.json["refused"]
    assert (refused["row"], refused["code"]) == (4, "staff.post_unknown")
    assert "19900001234" not in seen.out + written.out
    assert (status.json["first_administrator"], status.json["of"], status.json["next"]) == (True, 8, "place")
    assert len(code.json["code"]) == 14
    assert (left.json["done"], left.json["left_open"]) == (True, {})
    assert [each["login"] for each in staff.json if each["left_on"]] == ["ceshijia"]
    assert (none.code, none.json["error"]) == (1, "setup.begun_already")
