"""An office sets how its papers look and who decides over them, by page and by command."""

from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hemu.access.tests.house import BEGAN, House, client, found_house
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.moments import office_day
from hemu.ledger.models import Entry
from hemu.paper_arranging.management import cli
from hemu.paper_arranging.queries import layouts_of
from hemu.papers.models import ApprovalChain, PaperLayout
from hemu.papers.queries import chain_for, kinds
from hemu.papers.rules_documents import plain_chain

TODAY = office_day(BEGAN)
LAYOUT = {"head": "和风物业", "word": "和风管", "colour": "black", "font": "sans", "size": "normal"}


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def asked(client: Client, method: str, url: str, data: dict[str, str] | None = None) -> Any:
    with clock.standing_at(BEGAN):
        return getattr(client, method)(url, data or {})


def test_a_layout_is_tried_on_a_sample_and_then_set(house: House) -> None:
    director, typed = client("office_director"), LAYOUT | {"since": str(TODAY)}
    tried = asked(director, "post", "/papers/layouts/", typed | {"do": "try"})
    assert "还没有保存" in tried.content.decode()
    assert not PaperLayout.objects.exists()
    saved = asked(director, "post", "/papers/layouts/", typed | {"do": "save"})
    assert saved.headers["Location"] == f"/papers/layouts/?office={house.office.id}"
    row = PaperLayout.objects.get()
    assert (row.office, row.since, row.values) == (house.office, TODAY, LAYOUT)
    assert [each.facts for each in Entry.objects.filter(kind="paper.layout_set")] == [{"since": str(TODAY)}]
    page = asked(director, "get", "/papers/layouts/").content.decode()
    assert "本处自己定的" in page
    assert 'value="和风管"' in page


def test_what_is_refused_is_said_and_nothing_is_set(house: House) -> None:
    director = client("office_director")
    for more, said in (
        ({"word": "和 风"}, "字头只用汉字"),
        ({"since": str(TODAY - timedelta(days=1))}, "从今天或以后开始"),
        ({"since": "昨天"}, "日期看不懂"),
    ):
        answer = asked(director, "post", "/papers/layouts/", LAYOUT | {"since": str(TODAY)} | more)
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not PaperLayout.objects.exists()
    assert not Entry.objects.filter(kind="paper.layout_set").exists()


def test_the_sample_comes_as_pdf_and_as_a_picture(house: House) -> None:
    director = client("office_director")
    assert asked(director, "get", "/papers/layouts/sample.pdf", LAYOUT).content[:5] == b"%PDF-"
    picture = asked(director, "get", "/papers/layouts/sample.png", LAYOUT)
    assert picture.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert asked(director, "get", "/papers/layouts/sample.pdf", {"font": "comic"}).status_code == 404


def test_a_chain_is_set_row_by_row(house: House) -> None:
    director = client("office_director")
    assert (
        "管理处主任 批准（示例office_director）"
        in asked(director, "get", "/papers/layouts/").content.decode()
    )
    rows = {
        "step-0": "2", "act-0": "approve", "role-0": "office_director",
        "step-1": "1", "act-1": "read", "role-1": "cs_supervisor",
        "step-2": "1", "act-2": "read", "role-2": "public_affairs",
        "step-3": "3", "act-3": "approve", "role-3": "",
    }  # fmt: skip
    saved = asked(director, "post", "/papers/chains/letter/", rows | {"since": str(TODAY)})
    assert saved.status_code == 302
    assert plain_chain(chain_for(house.office, kinds()["letter"], on=TODAY)) == [
        [{"act": "read", "role": "cs_supervisor"}, {"act": "read", "role": "public_affairs"}],
        [{"act": "approve", "role": "office_director"}],
    ]
    page = asked(director, "get", "/papers/chains/letter/").content.decode()
    assert page.count('name="role-') == 5
    refused = asked(director, "post", "/papers/chains/letter/", rows | {"act-0": "read"})
    assert (refused.status_code, "最后一步要有人" in refused.content.decode()) == (422, True)
    assert ApprovalChain.objects.count() == 1
    assert asked(director, "get", "/papers/chains/nothing/").status_code == 404


def test_a_director_arranges_the_own_office_and_the_company_all(house: House) -> None:
    director, everywhere = client("office_director"), client("operations")
    for office in (str(house.other_office.id), "company"):
        for url in ("/papers/layouts/", "/papers/chains/notice/"):
            assert asked(director, "get", url, {"office": office}).status_code == 404
            assert asked(director, "post", url, LAYOUT | {"office": office}).status_code == 404
            assert asked(everywhere, "get", url, {"office": office}).status_code == 200
    assert asked(client("frontdesk"), "get", "/papers/layouts/").status_code == 403
    assert asked(everywhere, "post", "/papers/layouts/", LAYOUT | {"office": "company"}).status_code == 302
    standing, coming = layouts_of(house.other_office, on=TODAY)
    assert (standing.whose, standing.layout.word, coming) == ("company", "和风管", [])


def call(name: str, *arguments: str) -> Any:
    command = next(each for each in cli.COMMANDS if each.name == name)
    parser = ArgumentParser(exit_on_error=False)
    command.arguments(parser)
    options = parser.parse_args(list(arguments))
    options.now = BEGAN
    return command.run(options)


def test_the_same_by_command(house: House, tmp_path: Path) -> None:
    assert call("layout")["whose"] == "register"
    out, later = tmp_path / "sample.pdf", date(2026, 2, 1)
    who = ("--office", "和风管理处", "--by", "office_director")
    assert call("layout", *who, "--set", "word=和风管", "--sample", str(out)) == {
        "since": str(TODAY), "whose": "office", "head": "", "word": "和风管", "colour": "red", "font": "serif",
        "size": "large", "coming": [],
    }  # fmt: skip
    assert out.read_bytes()[:5] == b"%PDF-"
    set_ = call("chain", *who, "--kind", "report", "--since", str(later), "--set", "approve:office_director")
    assert set_ == {
        "report": {
            "since": str(later),
            "whose": "office",
            "turns": [[{"act": "approve", "role": "office_director"}]],
        }
    }
    assert call("chain", "--office", "和风管理处")["report"]["whose"] == "register"
    for refused, code in (
        (("layout", *who, "--set", "paper=A3"), "layout.unknown_value"),
        (("layout", "--office", "无此处"), "document.unknown_office"),
        (("chain", *who, "--set", "approve:office_director"), "document.unknown_kind"),
        (("layout", "--by", "office_director", "--set", "word=和"), "access.denied"),
    ):
        with pytest.raises(RuleViolation) as refusal:
            call(*refused)
        assert refusal.value.code == code
