"""`hemu staff add`: the first people of an installation without a demonstration."""

from pathlib import Path

import pytest

from hemu.config.tests.commands import hemu

pytestmark = pytest.mark.django_db  # it runs once on each database


def test_staff_added_by_command_work_in_a_community_opened_afterwards(tmp_path: Path) -> None:
    added, again, weak, elsewhere, registered = hemu(
        tmp_path,
        ["staff", "add", "--json", "--login", "desk1", "--name", "示例前台", "--role", "frontdesk"],
        ["staff", "add", "--json", "--login", "desk1", "--name", "示例前台", "--role", "frontdesk", "--role", "steward"],
        ["staff", "add", "--json", "--login", "x", "--name", "某", "--role", "steward", "--password", "1234"],
        ["staff", "add", "--json", "--login", "y", "--name", "某", "--role", "steward", "--office", "无此处"],
        ["request", "register", "--json", "--community", "试点小区", "--type", "inquiry", "--text", "几点下班？"],
    )  # fmt: skip
    assert (added.code, added.json["office"], len(added.json["password"]) >= 16) == (0, "管理处", True)
    assert (again.code, again.json["password"], again.json["roles"]) == (0, None, ["frontdesk", "steward"])
    assert (weak.code, weak.json["error"]) == (1, "account.weak_password")
    assert (elsewhere.code, elsewhere.json["error"]) == (1, "office.unknown")
    number = registered.json["number"]
    (classified,) = hemu(tmp_path, ["request", "step", "--json", number, "classify", "--by", "desk1"])
    assert (classified.code, classified.json["state"]) == (0, "classified")
