"""The gallery: every component in every state, on one page. A page uses nothing that is not here."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from hemu.infra.moments import OFFICE_ZONE
from hemu.infra.web.needs import PUBLIC, needs
from hemu.infra.wording import Status

# The gallery's clock stands, so that its pictures can be compared.
NOW = datetime(2026, 11, 20, 10, 12, tzinfo=OFFICE_ZONE)

ALARM = {
    "url": "#",
    "key": "",
    "name": "kind",
    "label": _("险情"),
    "kinds": [("shut_in", _("电梯困人"), "move-vertical"), ("fire", _("起火冒烟"), "flame")],
}
STATUSES = [
    Status(_("已登记"), "neutral", "ring"),
    Status(_("待派单"), "amber", "ring"),
    Status(_("处理中"), "pine", "half"),
    Status(_("已暂停"), "amber", "pause"),
    Status(_("已解决"), "pine", "dot"),
    Status(_("已逾期"), "brick", "triangle"),
    Status(_("已结案"), "neutral", "square"),
    Status(_("已作废"), "neutral", "dash"),
]
COLOURS = [
    ("desk", _("桌面")),
    ("sheet", _("纸")),
    ("ink", _("墨")),
    ("ink-2", _("淡墨")),
    ("hair", _("细线")),
    ("pine", _("松绿：本色")),
    ("amber", _("琥珀：等人动手")),
    ("brick", _("砖红：逾期、丢失")),
]
DUES = [
    NOW - timedelta(days=3, hours=2),
    NOW - timedelta(minutes=12),
    NOW + timedelta(minutes=24),
    NOW.replace(hour=17, minute=30),
    NOW.replace(hour=23, minute=59, second=59) + timedelta(days=1),
    NOW.replace(hour=9, minute=0) + timedelta(days=6),
]
TYPES = [
    ("complaint", _("投诉"), "message-circle-warning"),
    ("repair_home", _("居家维修"), "wrench"),
    ("inquiry", _("咨询"), "circle-question-mark"),
    ("praise", _("表扬"), "thumbs-up"),
]
STEPS = [
    {"word": _("登记"), "state": "done"},
    {"word": _("分类"), "state": "done"},
    {"word": _("派单"), "state": "done"},
    {"word": _("处理中"), "state": "current"},
    {"word": _("解决"), "state": "todo"},
    {"word": _("告知业主"), "state": "todo"},
    {"word": _("结案"), "state": "todo"},
]
NAV = [
    {"label": _("今日"), "url": "#shell", "icon": "house"},
    {"label": _("诉求"), "url": "#lists", "icon": "inbox", "count": 12},
    {"label": _("应办"), "url": "#figures", "icon": "list-checks", "count": 7, "late": True},
    {"label": _("名册"), "url": "#forms", "icon": "contact"},
    {"label": _("样张"), "url": "#", "icon": "swatch-book", "current": True},
]
SHELL = {"alarm": ALARM, "nav": NAV}


def sample() -> dict[str, Any]:
    """Return what the gallery's parts are shown with: invented, the clock standing at ``NOW``."""
    rows = [
        {
            "number": f"HHY-2026-0{1042 - index}",
            "place": place,
            "words": words,
            "status": status,
            "due": due,
        }
        for index, (place, words, status, due) in enumerate(
            [
                (
                    "3-2-1201",
                    _("电梯停在十楼不动了，家里老人下不去，已经等了半个小时。"),
                    STATUSES[2],
                    DUES[1],
                ),
                ("1-1-0302", _("卫生间天花板渗水，楼上说不是他家。"), STATUSES[1], DUES[3]),
                ("5-1-0801", _("感谢值班师傅雨夜帮忙搬行李。"), STATUSES[6], None),
            ]
        )
    ]
    return {
        "now": NOW,
        "office": {"name": _("和苑管理处")},
        "office_choices": [
            {"name": _("和苑管理处"), "url": "#", "current": True},
            {"name": _("松园管理处"), "url": "#"},
        ],
        "actor": {"name": _("示例用户"), "posts": [_("前台"), _("客服主管")]},
        "bell": {"count": "3", "late": True, "url": "#"},
        **SHELL,
        "statuses": STATUSES,
        "colours": COLOURS,
        "dues": DUES,
        "due_met": (NOW - timedelta(hours=2), NOW - timedelta(hours=3), NOW + timedelta(hours=1)),
        "types": TYPES,
        "type_choices": [(value, words) for value, words, _icon in TYPES],
        "steps": STEPS,
        "rows": rows,
        "trail": [(_("首页"), "#"), (_("诉求"), "#")],
        "tabs": [
            {"label": _("未结"), "url": "#", "current": True, "count": 12},
            {"label": _("逾期"), "url": "#", "count": 3, "late": True},
            {"label": _("已结案"), "url": "#"},
            {"label": _("全部"), "url": "#"},
        ],
        "kept_files": [
            {
                "id": "g",
                "kind": "picture",
                "thumb_url": static("hemu/mark.svg"),
                "url": "#",
                "use_word": _("照片"),
            }
        ],
        "facts": [(_("房号"), "3-2-1201"), (_("面积"), "89.50 m²"), (_("使用情况"), _("已入住"))],
        "empty_facts": [],
    }


@needs(PUBLIC)
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the gallery (GET)."""
    return render(request, "infra/gallery.html", sample())
