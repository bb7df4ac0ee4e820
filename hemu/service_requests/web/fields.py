"""The fields of each step's form, as the dialogs of the case page show them."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hemu.estate.models import Post
from hemu.estate.queries_standing import department_names
from hemu.estate.wording import ROLES
from hemu.foundation.steps import Step
from hemu.infra.moments import OFFICE_ZONE
from hemu.infra.standing import kept_while_standing
from hemu.infra.web.panels import first_offer
from hemu.service_requests.models import Request
from hemu.service_requests.web.suggesting import chosen_beforehand
from hemu.service_requests.wording import (
    CANNOT,
    CHANNELS,
    LIMITS,
    NATURES,
    OUTSIDE_BODIES,
    PAUSE_REASONS,
    REOPENED_FOR,
    SCOPES,
    STEPS,
    TRADES,
    TYPES,
    URGENCIES,
    WORDS,
)

Field = dict[str, Any]
MAIN_LINE = ("classify", "dispatch", "accept", "resolve", "inform", "confirm", "close")
ICONS = {
    "reply": "message-square-reply",
    "transfer": "arrow-right-left",
    "send_back": "undo-2",
    "pause": "circle-pause",
    "judge": "scale",
    "escalate": "trending-up",
    "refer": "external-link",
    "try_contact": "phone",
    "correct": "pencil",
    "resort": "tags",
    "split": "split",
    "merge": "merge",
    "withdraw": "log-out",
    "void": "ban",
    "outside": "landmark",
    "appoint": "calendar-clock",
    "set_out": "navigation",
    "arrive": "map-pin",
    "nobody_home": "door-closed",
    "quote": "receipt-text",
    "accept_quote": "thumbs-up",
    "decline_quote": "thumbs-down",
    "add": "message-square-plus",
    "urge": "bell-ring",
    "second": "users",
    "partly": "circle-dashed",
}
DANGER = ("void", "merge", "withdraw")
HANDLERS = ("technician", "security", "steward", "department_head", "cs_supervisor", "office_director")


def _options(words: Mapping[str, str | Promise]) -> list[tuple[str, str | Promise]]:
    return list(words.items())


def _select(name: str, label: str, options: list[Any], value: str = "", kind: str = "chips") -> Field:
    return {"name": name, "label": label, "kind": kind, "options": options, "value": value}


def _sorting(request: Request) -> list[Field]:
    chosen = chosen_beforehand(request)
    return [
        _suggested("type", _("类型"), TYPES, chosen, "select"),
        _suggested("trade", _("专业"), TRADES, chosen),
        _suggested("nature", _("服务性质"), NATURES, chosen),
        _suggested("urgency", _("迫切程度"), URGENCIES, chosen),
        _select(
            "limit",
            _("公共维修时限类别"),
            [("", _("按迫切程度")), *_options(LIMITS)],
            request.limit,
            "select",
        ),
        _names(request),
    ]


def _names(request: Request) -> Field:
    """Whom the complaint names: for that person the case is then not there."""
    now = [each.staff.account.login for each in request.named.select_related("staff__account")]
    people = [("-" if now else "", _("没有")), *_people(request)]
    help = _("选了以后，这位员工看不到、办不了、也回访不了这一件。")
    return _select("named", _("投诉的是哪位员工"), people, ",".join(now), "select") | {"help": help}


def _suggested(
    axis: str,
    label: str,
    words: Mapping[str, str | Promise],
    chosen: Mapping[str, tuple[str, str]],
    kind: str = "chips",
) -> Field:
    value, help = chosen[axis]
    return _select(axis, label, _options(words), value, kind) | {"help": help}


def _receivers(request: Request) -> list[Field]:
    named = {each.staff_id for each in request.named.all() if not each.alone}
    people = _people(request, HANDLERS, without=named)
    departments = [(name, name) for name in department_names([request.community.office_id])]
    chosen: dict[str, str] = first_offer("dispatch", request) or {}
    to = _select("to", _("派给谁"), [("", _("待人接单")), *people], chosen.get("to", ""), "select")
    helpers = _select("helpers", _("协办"), people) | {"kind": "many"}
    return [
        to | {"help": chosen.get("why", "")},
        _select("department", _("部门"), [("", "—"), *departments], chosen.get("department", ""), "select"),
        helpers | {"help": _("几个人一起办的，主办之外的人选在这里，都能看到。")},
    ]


def _people(
    request: Request, roles: Collection[str] = (), *, without: Collection[UUID] = ()
) -> list[tuple[str, str]]:
    """Return who has ever had a post, in one of the roles, at the case's office, by name."""
    posts = _posts(request.community.office_id)
    asked = (each for each in posts if not roles or each[2] in roles)
    return list({login: name for login, name, _role, staff in asked if staff not in without}.items())


@kept_while_standing
def _posts(office: UUID) -> tuple[tuple[str, str, str, UUID], ...]:
    rows = Post.objects.filter(office=office, staff__account__is_active=True).order_by("staff__name", "id")
    return tuple(rows.values_list("staff__account__login", "staff__name", "role", "staff_id"))


def _pause(request: Request) -> list[Field]:
    return [
        _select("cause", _("原因"), _options(PAUSE_REASONS), "parts"),
        {"name": "resume_on", "label": _("哪天恢复"), "kind": "date", "required": True},
    ]


def _judge(request: Request) -> list[Field]:
    return [
        _select("valid", _("是否有效"), [("", _("未定")), ("true", _("有效")), ("false", _("无效"))]),
        _select("scope", _("归谁管"), [("", _("未定")), *_options(SCOPES)]),
        _select("major", _("重大"), [("", _("否")), ("true", _("是"))]),
        _select("owner_to_handle", _("业主自身原因"), [("", _("否")), ("true", _("是"))]),
        _select("size", _("大修"), [("", _("否")), ("major_repair", _("是"))]),
        {"name": "promised_at", "label": _("大修答应的完成时间"), "kind": "datetime-local"},
    ]


def _channel(request: Request) -> list[Field]:
    return [
        _select(
            "channel",
            _("方式"),
            [(code, CHANNELS[code]) for code in ("phone", "walk_in", "chat", "visit")],
            "phone",
        )
    ]


def _correct(request: Request) -> list[Field]:
    room = request.home.written if request.home else ""
    return [
        _names(request),
        {"name": "text", "label": _("原话"), "kind": "textarea", "value": request.text},
        {"name": "caller_name", "label": _("称呼"), "kind": "text", "value": request.caller_name},
        {"name": "home", "label": _("房号"), "kind": "text", "value": room},
    ]


def _slot(request: Request) -> list[Field]:
    return [
        {"name": "from", "label": _("从"), "kind": "datetime-local", "required": True},
        {"name": "until", "label": _("到"), "kind": "datetime-local", "required": True},
    ]


def _outside(request: Request) -> list[Field]:
    due = request.outside_due_at
    return [
        _select("body", _("哪个单位"), _options(OUTSIDE_BODIES), request.outside_body or "hotline"),
        {"name": "outside_number", "label": _("外单位编号"), "kind": "text", "value": request.outside_number},
        {
            "name": "outside_due_at",
            "label": _("外单位限时"),
            "kind": "datetime-local",
            "value": due.astimezone(OFFICE_ZONE).strftime("%Y-%m-%dT%H:%M") if due else "",
            "help": _("和规程的时限比，早的算。"),
        },
    ]


def _escalate(request: Request) -> list[Field]:
    roles = [
        (role, ROLES[role])
        for role in ("office_director", "cs_supervisor", "department_head", "company_leader")
    ]
    return [_select("role", _("报给"), roles, "office_director")]


FIELDS: dict[str, Callable[[Request], list[Field]]] = {
    "classify": _sorting,
    "resort": _sorting,
    "dispatch": _receivers,
    "transfer": _receivers,
    "pause": _pause,
    "judge": _judge,
    "inform": _channel,
    "try_contact": _channel,
    "correct": _correct,
    "appoint": _slot,
    "quote": lambda request: [{"name": "amount", "label": _("金额（元）"), "kind": "text", "required": True}],
    "second": lambda request: [
        {"name": "home", "label": _("房号"), "kind": "text", "help": _("哪一户也反映；不清楚可不填。")}
    ],
    "outside": _outside,
    "escalate": _escalate,
    "send_back": lambda request: [
        _select("cause", _("为什么做不了"), [("", "—"), *_options(CANNOT)], kind="select")
    ],
    "refer": lambda request: [{"name": "to", "label": _("转给哪个单位"), "kind": "text", "required": True}],
    "merge": lambda request: [
        {"name": "into", "label": _("并入哪一件（编号）"), "kind": "text", "required": True}
    ],
    "reopen": lambda request: [_select("because", _("为什么"), _options(REOPENED_FOR), "other")],
}


def step_forms(
    request: Request, steps: list[Step], refused: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Return the forms of the steps a person may take; the refused one open, with what was typed and why."""
    forms: list[dict[str, Any]] = []
    for step in steps:
        if not _makes_sense(request, step.name):
            continue
        open_again = bool(refused and refused["step"] == step.name)
        fields = [*_fields(request, step.name), *_words(step)]
        for field in fields:
            if open_again and refused:
                field["value"] = refused["values"].get(field["name"], field.get("value", ""))
        forms.append(
            {
                "name": step.name,
                "label": STEPS[step.name],
                "icon": ICONS.get(step.name, ""),
                "primary": not forms and step.name in MAIN_LINE,
                "danger": step.name in DANGER,
                "open": open_again,
                "error": refused["words"] if open_again and refused else "",
                "fields": fields,
                "files": refused["files"] if open_again and refused else [],
            }
        )
    return forms


def _fields(request: Request, step: str) -> list[Field]:
    given_back = step == "send_back" and request.state in ("resolved", "informed")
    return FIELDS[step](request) if step in FIELDS and not given_back else []


def _makes_sense(request: Request, step: str) -> bool:
    """Tell whether a step that the table allows has something to work on."""
    if step == "close":
        return request.own_matter or request.state in ("confirmed", "informed", "referred")
    if step == "accept_quote":
        return request.quote_fen is not None and request.quote_accepted_at is None
    return step != "decline_quote" or request.quote_fen is not None


def _words(step: Step) -> list[Field]:
    name = str(step.extras.get("needs") or step.extras.get("says") or "")
    if not name:
        return []
    return [{"name": "words", "label": WORDS[name], "kind": "textarea", "required": "needs" in step.extras}]
