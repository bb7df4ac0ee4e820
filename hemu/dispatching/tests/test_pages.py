"""The pages and commands of dispatching."""

import json
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from hemu.access.tests.house import House, at, client, standing_at
from hemu.dispatching.models import Absence, Arrangement, DispatchRule
from hemu.dispatching.tests.conftest import Exchange
from hemu.estate.models import Shift
from hemu.infra import clock
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import entries, kinds

_standing = standing_at(at("2026-09-30 16:30"), autouse=True)


def page(login: str, path: str, status: int = 200) -> str:
    answer = client(login).get(path)
    assert answer.status_code == status
    return answer.content.decode()


def post(login: str, name: str, *args: str, status: int = 302, **values: Any) -> str:
    answer = client(login).post(reverse(name, args=args), values)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer.content.decode() if status != 302 else str(answer.headers["Location"])


def test_what_waits_is_shown_with_whom_the_rules_choose_and_sent_together(
    desk: Exchange, house: House
) -> None:
    desk.on_duty("technician")
    desk.rule(trade="repair", role="technician", on_duty=True)
    cases = [desk.sorted(), desk.sorted(), desk.sorted("complaint", "security")]
    html = page("cs_supervisor", reverse("dispatching"))
    assert all(case.number in html for case in cases)
    assert html.count("按规则：维修 → 示例technician，值班") == 2
    done = post(
        "cs_supervisor",
        "dispatch_many",
        status=200,
        number=[case.number for case in cases],
        by_rule="1",
        key="k",
    )
    assert "派出 2 件" in done
    assert done.count("没派成") == 1
    assert [kinds(case)[-1] for case in cases] == [
        "request.dispatched",
        "request.dispatched",
        "request.classified",
    ]
    assert "还没有选要派的诉求" in post("cs_supervisor", "dispatch_many", status=422, to="technician")


def test_nothing_of_another_office_is_sent(desk: Exchange, house: House) -> None:
    case = desk.sorted()
    refused = post("elsewhere", "dispatch_many", status=422, number=[case.number], to="technician")
    assert case.number not in refused
    assert kinds(case)[-1] == "request.classified"


def test_the_pool_on_the_page_and_who_comes_second(desk: Exchange) -> None:
    case = desk.step(desk.sorted(), "cs_supervisor dispatch", "2026-09-30 16:10", department="工程部")
    for login in ("technician", "security"):
        assert "我来接" in page(login, reverse("dispatching"))
    assert post("technician", "dispatch_take", case.number, key="a") == reverse("request", args=[case.number])
    late = post("security", "dispatch_take", case.number, status=422, key="b")
    assert "示例technician 已经先接了这一件。" in late
    assert post("technician", "dispatch_take", case.number, key="a")  # the same press again


def test_the_case_says_whom_the_rules_choose_and_who_was_first_asked(desk: Exchange, house: House) -> None:
    desk.rule(trade="repair", department=house.department)
    case = desk.sorted()
    html = page("cs_supervisor", reverse("request", args=[case.number]))
    assert (
        html.count("按规则：维修 → 工程部，谁先接谁办") == 2
    )  # the panel, and the form with its choice made
    assert "就这样派" in html
    assert "就这样派" not in page("frontdesk", reverse("request", args=[case.number]))
    post("cs_supervisor", "dispatch_by_rule", case.number, key="k")
    assert "我来接" in page("technician", reverse("request", args=[case.number]))
    assert "按规则：维修 → 工程部，谁先接谁办" in page("frontdesk", reverse("request", args=[case.number]))


def test_classifying_on_the_page_sends_where_the_office_wants_it(desk: Exchange, house: House) -> None:
    desk.rule(trade="repair", department=house.department)
    post("cs_supervisor", "dispatch_rule", do="switch", at_sorting="1")
    case = desk.register("repair_home")
    post(
        "frontdesk", "request_step", case.number, step="classify", type="repair_home", trade="repair", key="k"
    )
    assert Request.objects.get(pk=case.pk).state == "dispatched"
    post("cs_supervisor", "dispatch_rule", do="switch")
    assert Arrangement.objects.get(office=house.office).at_sorting is False


def test_rules_are_set_changed_tried_and_ended(desk: Exchange, house: House) -> None:
    desk.on_duty("technician")
    form: dict[str, Any] = {
        "trade": "repair",
        "buildings": "1-3栋",
        "target": "staff:technician",
        "on_duty": "1",
    }
    post("cs_supervisor", "dispatch_rule", do="add", **form)
    rule = DispatchRule.objects.get()
    html = page("cs_supervisor", reverse("dispatch_rules"))
    assert "1–3栋 · 维修" in html
    assert "示例technician（在班的人）" in html
    tried = f"{reverse('dispatch_rules')}?try=1&trade=repair&room="
    assert "按规则：1–3栋 · 维修 → 示例technician，值班" in page("cs_supervisor", f"{tried}2-1-301")
    assert "没有规则合适，要由人来派。" in page("cs_supervisor", f"{tried}9-1-301")
    case = desk.sorted()
    sample = page("cs_supervisor", f"{reverse('dispatch_rules')}?sample=1")
    assert case.number in sample
    assert "看不懂" in post(
        "cs_supervisor", "dispatch_rule", status=422, do="add", **form | {"buildings": "3-1"}
    )
    page("cs_supervisor", f"{reverse('dispatch_rules')}?change={rule.id}")
    post("cs_supervisor", "dispatch_rule", do="add", **form | {"replaces": str(rule.id), "buildings": "4"})
    changed = DispatchRule.objects.get()
    assert (changed.buildings, changed.position) == ("4", rule.position)
    post("cs_supervisor", "dispatch_rule", do="end", rule=str(changed.id))
    assert not DispatchRule.objects.exists()
    assert "停用" not in page("technician", reverse("dispatch_rules"))


def test_the_rota_is_pasted_published_copied(desk: Exchange, house: House) -> None:
    asked: dict[str, Any] = {"week": "2026-10-08"}
    pasted = post(
        "cs_supervisor",
        "rota_publish",
        status=200,
        do="paste",
        table="示例technician\t白\t8-20\n老王\t白",
        **asked,
    )
    assert "老王" in pasted
    assert 'value="白"' in pasted
    hexes = {login: house.by(login).staff_id.hex for login in ("technician", "security")}
    cells: dict[str, Any] = {f"c-{hexes['technician']}-0": "白", f"c-{hexes['security']}-6": "晚"}
    at_ = post("cs_supervisor", "rota_publish", do="publish", **asked, **cells)
    assert at_.endswith("week=2026-10-05")
    assert Shift.objects.count() == 2
    copied = page("cs_supervisor", f"{reverse('rota')}?week=2026-10-12&copy=1")
    assert 'value="晚"' in copied
    assert "不知道是什么班" in post(
        "cs_supervisor", "rota_publish", status=422, **asked, **cells | {f"c-{hexes['security']}-6": "丙"}
    )
    post("cs_supervisor", "rota_publish", do="shifts", shifts="甲 06:00-14:00", **asked)
    assert "甲 06:00-14:00" in page("technician", f"{reverse('rota')}?week=2026-10-05")


def test_the_danger_button_stands_on_every_page_of_the_desk(desk: Exchange, house: House) -> None:
    from hemu.estate.models import Community

    desk.on_duty("security")
    assert "电梯困人" in page("frontdesk", reverse("duties"))
    assert "电梯困人" not in page("technician", reverse("home"))
    asked = post("frontdesk", "danger", status=200, danger="fire", key="k")  # two communities: which one?
    assert "哪个小区" in asked
    assert not Request.objects.exists()
    Community.objects.filter(id=house.second.id).update(office=house.other_office)
    location = post("frontdesk", "danger", danger="fire", home_words="三号楼大堂", text="冒烟", key="k")
    case = Request.objects.get()
    assert location == reverse("request", args=[case.number])
    assert (case.place, case.text, case.first_asked_id) == (
        "三号楼大堂",
        "起火冒烟。冒烟",
        house.by("frontdesk").staff_id,
    )
    html = page("frontdesk", location)
    assert "险情，补问情况" in html
    assert "首问责任人" in html
    post("frontdesk", "danger_details", case.number, home="1-2-301", phone="19900001234", key="d")
    assert Request.objects.get().home == house.home
    post(
        "frontdesk", "danger_details", case.number, status=422, text="还有人", key="d"
    )  # Back, and one line more
    assert "没有登记" in post("frontdesk", "danger", status=422, danger="dragon", key="x")


def test_handing_over_on_the_page(desk: Exchange, house: House) -> None:
    case = desk.step(desk.sorted(), "cs_supervisor dispatch", "2026-09-30 16:08", to="technician")
    asked: dict[str, Any] = {
        "staff": "technician",
        "to": "security",
        "since": "2026-10-01",
        "until": "2026-10-03",
        "reason": "请假",
    }
    assert "已记下" in post("cs_supervisor", "hand_over", status=200, **asked)
    with clock.standing_at(at("2026-10-01 09:00")):
        assert "手上还有 1 件" in page("cs_supervisor", reverse("hand_over"))
        assert "交接了 1 件" in post("cs_supervisor", "hand_over", status=200, **asked)
    assert Request.objects.get(pk=case.pk).handler_id == house.by("security").staff_id
    assert Absence.objects.get().until == date(2026, 10, 3)
    assert "看不懂" in post("cs_supervisor", "hand_over", status=422, **asked | {"since": "tomorrow"})


def test_a_major_complaint_asks_for_the_director(desk: Exchange) -> None:
    case = desk.step(desk.register(), "cs_supervisor judge", "2026-09-30 16:10", valid="true", major="true")
    html = page("cs_supervisor", reverse("request", args=[case.number]))
    assert "重大投诉要报管理处主任作决定。" in html
    desk.step(case, "cs_supervisor escalate", "2026-09-30 16:20", role="office_director")
    html = page("cs_supervisor", reverse("request", args=[case.number]))
    assert "已上报" in html
    assert "重大投诉要报管理处主任作决定。" not in html


@pytest.mark.parametrize("path", ["dispatching", "dispatch_rules"])
def test_statements_do_not_grow_with_the_list(
    desk: Exchange, path: str, django_assert_max_num_queries: Any
) -> None:
    desk.rule(trade="repair", role="technician")

    def counted() -> int:
        with django_assert_max_num_queries(36) as found:
            page("cs_supervisor", f"{reverse(path)}?sample=1")
        return len(found)

    desk.sorted()
    one = counted()
    for _ in range(2):
        desk.sorted()
    assert counted() == one


def run(*words: str) -> Any:
    import argparse

    from hemu.dispatching.management.cli import COMMANDS

    group, name, *rest = words
    command = next(each for each in COMMANDS if (each.group, each.name) == (group, name))
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    options = parser.parse_args(rest)
    options.now = clock.now()
    return json.loads(json.dumps(command.run(options)))


def test_the_commands(desk: Exchange, house: House, tmp_path: Any) -> None:
    by = ("--by", "cs_supervisor")
    table = tmp_path / "rota.tsv"
    table.write_text("姓名\t一\t二\t三\n示例technician\t白\t白\t白\n", encoding="utf-8")
    assert run("rota", "publish", str(table), "--week", "2026-09-30", *by)["shifts"] == 3
    assert run("rota", "on-duty", *by)["on_duty"] == ["示例technician"]
    added = run("dispatch", "add-rule", "--trade", "repair", "--to", "technician", "--on-duty", *by)
    assert [each["id"] for each in run("dispatch", "rules", *by)["rules"]] == [added["id"]]
    assert run("dispatch", "switch", "by-hand", *by)["at_sorting"] is False
    case = desk.sorted()
    assert run("dispatch", "whom", case.number)["to"] == "technician"
    assert run("dispatch", "send", case.number, "--by-rule", *by)["handler"] == "示例technician"
    others = [desk.sorted().number, desk.register().number]
    sent = run("dispatch", "send", *others, "--department", "工程部", *by)
    assert (sent["sent"], sent["items"][1]["refused"]) == (1, "dispatch.not_sorted")
    assert [each["number"] for each in run("dispatch", "pool", "--by", "technician")["items"]] == [others[0]]
    assert run("dispatch", "take", others[0], "--by", "technician")["state"] == "accepted"
    made = run("dispatch", "danger", "gas", "--community", "和风花园", "--by", "frontdesk", "--place", "3栋")
    assert made["handler"] == "示例technician"
    moved = run("dispatch", "hand-over", "technician", "--to", "security", "--reason", "请假", *by)
    assert len(moved["moved"]) == 3
    assert run("dispatch", "end-rule", added["id"], *by)["ended"] is True
    assert entries(case)[-1].facts["to"] == house.by("security").key
