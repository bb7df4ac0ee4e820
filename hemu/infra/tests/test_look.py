"""The look: contrast of the tokens, every component renders, moments in words."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils import translation

from hemu.infra.moments import OFFICE_ZONE
from hemu.infra.web.gallery import NOW, gallery, sample
from hemu.infra.wording import due_words, exact_words, met_words, moment_words

INFRA = Path(__file__).parents[1]
CSS = (INFRA / "static/hemu/app.css").read_text()
COMPONENTS = sorted((INFRA / "templates/cotton").rglob("*.html"))
TEMPLATES = sorted(path for path in INFRA.parent.glob("*/templates/**/*.html"))


# ── contrast ─────────────────────────────────────────────────────────────────


def tokens(selector: str) -> dict[str, str]:
    """Return the colours that the first block of ``selector`` sets."""
    block = CSS.split(selector, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


LIGHT = tokens(":root {")
DARK = tokens(':root[data-theme="dark"] {')
GROUNDS = ("desk", "sheet", "sunk")
TEXT = [
    (ink, ground) for ink in ("ink", "ink-2", "ink-3", "pine", "amber", "brick") for ground in GROUNDS
] + [
    ("ink", "pine-wash"),
    ("ink", "amber-wash"),
    ("ink", "brick-wash"),
    ("ink-2", "pine-wash"),
    ("pine", "pine-wash"),
    ("amber", "amber-wash"),
    ("brick", "brick-wash"),
    ("on-fill", "pine-fill"),
    ("on-fill", "pine-fill-2"),
    ("on-fill", "brick-fill"),
    ("ink", "hair"),
    ("sheet", "ink"),
]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT, ids=lambda name: name)
def test_text_has_contrast(theme: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["desk", "sheet"])
def test_edges_of_inputs_have_contrast(theme: dict[str, str], ground: str) -> None:
    assert contrast(theme["line"], theme[ground]) >= 3


def test_both_ways_into_the_dark_have_the_same_tokens() -> None:
    assert tokens(':root:not([data-theme="light"]) {') == DARK
    assert DARK.keys() == LIGHT.keys()


@pytest.mark.parametrize(
    "feature", [":has(", "color-mix(", "oklch(", "@container", ":is(", ":where(", "inset:", "&"]
)
def test_old_phones_know_the_css(feature: str) -> None:
    assert feature not in re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)


# ── components ───────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def shown() -> str:
    return gallery(RequestFactory().get("/gallery/")).content.decode()


def test_gallery_shows_every_component() -> None:
    parts = "".join(path.read_text() for path in (INFRA / "templates/infra").rglob("*.html"))
    names = {
        str(path.relative_to(INFRA / "templates/cotton").with_suffix(""))
        .replace("/", ".")
        .removesuffix(".index")
        for path in COMPONENTS
    }
    assert {name for name in names if not re.search(rf"<c-{re.escape(name)}[\s>]", parts)} == set()


def test_gallery_leaves_nothing_unrendered(shown: str) -> None:
    assert [sign for sign in ("<c-", "{{", "{%", "{#", "None", " style=", "onclick") if sign in shown] == []


def test_gallery_links_each_label_to_its_field(shown: str) -> None:
    wanted = re.findall(r'<label[^>]* for="([^"]+)"', shown) + re.findall(
        r'aria-describedby="([^"]+)"', shown
    )
    assert [name for name in wanted if f'id="{name}"' not in shown] == []


def test_gallery_ids_are_unique(shown: str) -> None:
    ids = re.findall(r' id="([^"]+)"', shown)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(
    ("source", "rendered"),
    [
        ('<c-button href="/x" kind="primary">去</c-button>', '<a class="btn btn-primary" href="/x" >去</a>'),
        (
            '<c-badge word="待派单" tone="amber" shape="half" />',
            '<span class="badge tone-amber shape-half">待派单</span>',
        ),
        ('<c-field name="a" label="甲" value="{{ words }}" bare="1" />', 'value="&lt;b&gt;&quot;"'),
        ('<c-textarea name="a" label="甲" value="{{ words }}" />', ">&lt;b&gt;&quot;</textarea>"),
        ('<c-diff before="{{ words }}" after="" />', "&lt;b&gt;&quot;</del>"),
        ('<c-field name="a" label="甲" error="{{ error }}" />', 'aria-invalid="true"'),
        (
            '<c-select name="a" label="甲" :options="options" value="2" />',
            '<option value="2" selected>乙</option>',
        ),
        ('<c-chips name="a" label="甲" :options="options" value="2" />', 'value="2" checked'),
        ('<c-progress label="甲" :done="3" :total="4" />', 'max="4" value="3"'),
        (
            '<c-dialog id="d" title="甲">乙</c-dialog>',
            '<dialog class="dialog" id="d" aria-labelledby="d-title">',
        ),
    ],
)
def test_component(source: str, rendered: str) -> None:
    context = {"words": '<b>"', "error": "错", "options": [("1", "甲"), ("2", "乙")], "now": NOW}
    assert rendered in Template(_compiled(source)).render(Context(context))


def test_component_does_not_take_the_page_for_its_own() -> None:
    """A page's own ``error`` or ``help`` must not leak into a field that was given none."""
    leaking = Context({"error": "错", "help": "助", "title": "题", "class": "类", "aside": "旁", "now": NOW})
    plain = Context({"now": NOW})
    for source in ('<c-field name="a" label="甲" />', "<c-section>乙</c-section>", "<c-notice>丙</c-notice>"):
        template = Template(_compiled(source))
        assert template.render(leaking) == template.render(plain)


@pytest.mark.parametrize("name", ["400", "403", "404", "429", "500"])
def test_error_page_needs_no_context(name: str) -> None:
    assert f'<p class="code">{name}</p>' in render_to_string(f"{name}.html")


@pytest.mark.parametrize(("language", "lang"), [("zh-hans", "zh-Hans"), ("en", "en")])
def test_page_says_its_language(language: str, lang: str) -> None:
    with translation.override(language):
        assert f'<html lang="{lang}">' in render_to_string("infra/gallery.html", sample())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_compiles_and_keeps_to_the_content_policy(path: Path) -> None:
    source = path.read_text()
    get_template(str(path).split("/templates/", 1)[1])
    assert re.findall(r"\sstyle=|\son[a-z]+=|javascript:|<style|<script(?![^>]* src=)", source) == []


def _compiled(source: str) -> str:
    from django_cotton.compiler_regex import CottonCompiler

    return str(CottonCompiler().process(source))


# ── moments in words ─────────────────────────────────────────────────────────


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


@pytest.mark.parametrize(
    ("due", "now", "text", "state"),
    [
        # a Friday
        ("2026-11-20 17:30", "2026-11-20 10:12", "今天 17:30 前", "today"),
        ("2026-11-20 10:36", "2026-11-20 10:12", "还剩 24 分钟", "today"),
        ("2026-11-20 10:12", "2026-11-20 10:12", "还剩 1 分钟", "today"),
        ("2026-11-20 23:59:59", "2026-11-20 10:12", "今天内", "today"),
        ("2026-11-21 00:10", "2026-11-20 23:50", "还剩 20 分钟", "today"),
        ("2026-11-21 09:00", "2026-11-20 10:12", "明天 09:00 前", "later"),
        ("2026-11-21 23:59:59", "2026-11-20 10:12", "明天内", "later"),
        ("2026-11-22 17:30", "2026-11-20 10:12", "后天 17:30 前", "later"),
        ("2026-11-23 17:30", "2026-11-20 10:12", "11月23日 周一 17:30 前", "later"),
        ("2026-11-25 23:59:59", "2026-11-20 10:12", "11月25日 周三内", "later"),
        ("2027-01-04 23:59:59", "2026-12-30 10:12", "2027年1月4日内", "later"),
        # late: by the clock, and by days where a day was the limit
        ("2026-11-20 10:11:59", "2026-11-20 10:12", "逾期 1 分钟", "late"),
        ("2026-11-20 10:00", "2026-11-20 10:59", "逾期 59 分钟", "late"),
        ("2026-11-20 10:00", "2026-11-20 11:00", "逾期 1 小时", "late"),
        ("2026-11-19 17:30", "2026-11-20 10:12", "逾期 16 小时", "late"),
        ("2026-11-18 10:00", "2026-11-20 10:12", "逾期 2 天", "late"),
        ("2026-11-19 23:59:59", "2026-11-20 00:00", "逾期 1 天", "late"),
        ("2026-11-19 23:59:59", "2026-11-20 23:00", "逾期 1 天", "late"),
        ("2026-11-18 23:59:59", "2026-11-20 00:10", "逾期 2 天", "late"),
    ],
)
def test_due_words(due: str, now: str, text: str, state: str) -> None:
    with translation.override("zh-hans"):
        label = due_words(at(due), at(now), OFFICE_ZONE)
    assert (label.text, label.state) == (text, state)


def test_a_fraction_of_the_last_second_is_not_late() -> None:
    due = at("2026-11-20 17:30:00")
    with translation.override("zh-hans"):
        assert due_words(due, due + timedelta(microseconds=999_999), OFFICE_ZONE).state == "today"
        assert due_words(due, due + timedelta(seconds=1), OFFICE_ZONE).state == "late"


@pytest.mark.parametrize(
    ("due", "met_at", "text", "state"),
    [
        ("2026-11-20 17:30", "2026-11-20 17:30", "按时完成", "met"),
        ("2026-11-20 17:30", "2026-11-20 19:31", "已完成，迟 2 小时", "met_late"),
        ("2026-11-20 23:59:59", "2026-11-23 09:00", "已完成，迟 3 天", "met_late"),
    ],
)
def test_met_words(due: str, met_at: str, text: str, state: str) -> None:
    with translation.override("zh-hans"):
        label = met_words(at(due), at(met_at), OFFICE_ZONE)
    assert (label.text, label.state) == (text, state)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("2026-11-20 09:05", "今天 09:05"),
        ("2026-11-19 23:59", "昨天 23:59"),
        ("2026-11-03 09:15", "11月3日 周二 09:15"),
        ("2025-12-31 08:00", "2025年12月31日 08:00"),
    ],
)
def test_moment_words(moment: str, text: str) -> None:
    with translation.override("zh-hans"):
        assert moment_words(at(moment), NOW, OFFICE_ZONE) == text


def test_exact_time_is_in_the_offices_zone() -> None:
    with translation.override("zh-hans"):
        assert (
            exact_words(datetime.fromisoformat("2026-11-20T16:30:00+00:00"), OFFICE_ZONE)
            == "2026-11-21 周六 00:30"
        )


def test_due_label_says_the_exact_time_to_everybody() -> None:
    html = Template("{% due_label due %}").render(Context({"due": at("2026-11-20 17:30"), "now": NOW}))
    assert html == (
        '<time class="due due-today" datetime="2026-11-20T17:30:00+08:00" data-exact="2026-11-20 周五 17:30"'
        ' title="期限 2026-11-20 周五 17:30">今天 17:30 前<span class="sr"> 期限 2026-11-20 周五 17:30</span></time>'
    )
