"""The house's own checks find what they are for, and let the rest pass."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tools import catalogue, locks, sizes, test, untranslated

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("x = '中文'", [(1, "中文")]),
        ("x = _('中文')", []),
        ("x = gettext_lazy('中' '文')", []),
        ("x = ngettext('一件', '%(n)d 件', n)", []),
        ("x = _(f'中文{n}')", [(1, "中文")]),
        ("'''模块说明。'''\nx = 'plain'", []),
        ("def f():\n    return {'a': '中文'}", [(2, "中文")]),
        ("x = translation.pgettext('a', '中文')", []),
    ],
)
def test_python_texts_that_no_translation_reaches(source: str, found: list[tuple[int, str]]) -> None:
    assert list(untranslated.texts_of_python(source)) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>中文</p>", ["<p>中文</p>"]),
        ('<p>{% translate "中文" %}</p>', []),
        ("{% blocktranslate %}中文 {{ n }}{% endblocktranslate %}", []),
        ('{% include "a.html" with title="中文" %}', ['include "a.html" with title="中文"']),
        ('{% include "a.html" with title=_("中文") %}', []),
        ('<c-field label="{% translate "中文" %}" help="帮助" />', ['" help="帮助" />']),
        ("{# 中文 #}{% comment %}中文{% endcomment %}", []),
    ],
)
def test_template_texts_that_no_translation_reaches(source: str, found: list[str]) -> None:
    assert [text for _, text in untranslated.texts_of_template(source)] == found


def test_script_texts_outside_comments() -> None:
    source = "// 注释\nsay('中文') /* 注释\n注释 */\n"
    assert [line for line, _ in untranslated.texts_of_script(source)] == [2]


def test_messages_of_a_template(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '{% translate "甲" %}{{ _("乙") }}{% blocktranslate count n=k %}{{ n }} 件{% plural %}共 {{ n }} 件'
        '{% endblocktranslate %}{% include "a" with b=_("丙(丁)") %}',
        encoding="utf-8",
    )
    messages = [message for _, (message, _) in catalogue.messages_of(page)]
    assert messages == ["甲", "乙", ("%(n)s 件", "共 %(n)s 件"), "丙(丁)"]


@pytest.mark.parametrize(
    ("message", "translations", "same"),
    [
        ("%(n)s 件", ["%(n)s cases"], True),
        ("%(n)s 件", ["cases"], False),
        ("%(n)s 件", ["%(m)s cases"], False),
        (("%(n)s 件", "%(n)s 件"), ["one case", "%(n)s cases"], True),
        ("没有条款 {clause}", ["no clause {clause}"], True),
        ("没有条款 {clause}", ["no clause"], False),
    ],
)
def test_placeholders_of_a_translation(
    message: str | tuple[str, str], translations: list[str], same: bool
) -> None:
    assert catalogue.has_same_placeholders(Message(message), translations) is same


def test_a_function_over_its_cap_is_named() -> None:
    source = "def short():\n    pass\n\ndef long():\n" + "    pass\n" * sizes.FUNCTION_CAP
    assert list(sizes.long_functions(source)) == ["4: long has 61 lines, the cap is 60"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Django>=5.2,<5.3", []),
        ("Django>=6", ["Django: dev.txt has 5.2.19, pyproject asks >=6"]),
        ("flask", ["flask is not in dev.txt"]),
    ],
)
def test_a_dependency_that_its_lock_does_not_meet(wanted: str, found: list[str]) -> None:
    assert locks.unmet([wanted], "dev", {"django": "5.2.19"}) == found


def test_the_locks_pin_what_the_project_asks_for() -> None:
    assert locks.problems() == []


def test_a_run_of_tests_is_counted_from_its_report(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite><testcase classname="a" name="good" time="0.1"/>'
        '<testcase classname="a" name="slow" time="6.04"/>'
        '<testcase classname="a" name="bad" time="0"><failure message="x"/></testcase>'
        '<testcase classname="a" name="not here" time="0"><skipped message="no Chromium"/></testcase>'
        "</testsuite></testsuites>",
        encoding="utf-8",
    )
    outcome = test.Outcome(test.RUNS[0], 1)
    for case in test.cases(report):
        test.count(case, outcome)
    assert (outcome.passed, outcome.failed, outcome.skipped, outcome.slow, outcome.is_good) == (
        2,
        1,
        ["a::not here: no Chromium"],
        ["   6.0 s  a::slow"],
        False,
    )


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_named_with_the_way_out(taken_port: int, tmp_path: Path) -> None:
    environment = {"HEMU_PORT": str(taken_port), "HEMU_HOME": str(tmp_path), "LANG": "C.UTF-8"}
    found = subprocess.run(
        [sys.executable, "-m", "tools.up"], cwd=CHECKOUT, env=environment, capture_output=True, text=True
    )
    assert found.returncode == 1
    assert f"make up HEMU_PORT={taken_port + 1}" in found.stderr


def test_a_child_that_dies_is_started_again_and_stops_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    from tools.children import Children

    children = Children()
    children.add("worker", [sys.executable, "-c", "import signal; signal.pause()"])
    child = children.all[0]
    first = child.process
    assert first is not None
    first.kill()
    first.wait()
    children.watch()
    assert (child.process, child.pause) == (None, 1.0)
    assert "worker" in capsys.readouterr().out
    child.wake = 0
    children.watch()
    assert child.process is not None
    children.stop()
    assert child.process.returncode in (-signal.SIGTERM, 0)
