"""The words above the single case: refusals, groups of states, columns of an export."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "view.no_name": _("给视图起个名字，再保存。"),
    "view.no_filters": _("先筛选，再存成视图。"),
    "view.name_taken": _("已经有叫“%(name)s”的视图了，换个名字。"),
    "view.too_many": _("视图最多存 %(limit)s 个，先删掉用不着的。"),
    "view.not_your_office": _("只能与自己所在的管理处共用。"),
    "view.not_found": _("没有这个视图，或者不是您的。"),
    "review.no_root": _("请选一个：为什么还没办完，或者办得怎么样。"),
    "review.unknown_root": _("“%(root)s”不是盘点的原因，可以是：%(roots)s。"),
    "review.late_needs_root": _("这一件已经逾期，要写明为什么没办完，不能记“正常办理中”。"),
    "review.needs_measure": _("写明怎么办、几时办完。"),
    "review.not_covered": _("还有 %(count)s 件未结投诉今天没有看过，看完才能签：%(numbers)s。"),
    "review.not_open": _("%(number)s 不是未结的投诉，不必盘点。"),
    "review.unknown_person": _("请从这个管理处能办理的人里选责任人。"),
    "export.too_many": _("一次最多导出 %(limit)s 件，现在的筛选超过了。请按登记日期或小区分几次导出。"),
    "export.no_columns": _("至少选一栏。"),
    "export.nothing": _("按现在的筛选一件也没有，不必导出。"),
}

STATE_GROUPS: dict[str, str | Promise] = {
    "open": _("未结"),
    "waiting": _("等人接手"),
    "at_work": _("正在办"),
    "unconfirmed": _("办完待业主确认"),
}

COLUMNS: dict[str, tuple[str | Promise, int]] = {
    "number": (_("编号"), 18),
    "community": (_("小区"), 14),
    "place": (_("房号或位置"), 16),
    "type": (_("类型"), 10),
    "trade": (_("专业"), 8),
    "nature": (_("服务性质"), 10),
    "urgency": (_("迫切程度"), 10),
    "channel": (_("来源"), 8),
    "text": (_("原话"), 50),
    "state": (_("状态"), 10),
    "outcome": (_("结案结果"), 12),
    "handler": (_("办理人"), 10),
    "department": (_("部门"), 12),
    "happened": (_("来电时间"), 17),
    "registered": (_("登记时间"), 17),
    "due": (_("最近期限"), 17),
    "late": (_("逾期"), 6),
    "replied": (_("答复时间"), 17),
    "closed": (_("结案时间"), 17),
    "urged": (_("催办次数"), 8),
    "reopened": (_("重开次数"), 8),
    "score": (_("业主评分"), 8),
    "caller": (_("称呼"), 10),
    "phone": (_("电话"), 16),
}
"""The columns of an export with their widths in characters."""
USUAL_COLUMNS = (
    "number",
    "community",
    "place",
    "type",
    "text",
    "state",
    "handler",
    "registered",
    "due",
    "late",
)

ROOTS: dict[str, str | Promise] = {
    "on_track": _("正常办理中"),
    "staffing": _("人手不够"),
    "skill": _("办法或技术不对"),
    "parts": _("等材料配件"),
    "supplier": _("外包单位拖延"),
    "handover": _("交接、流程脱节"),
    "owner": _("业主约不上时间"),
    "outside": _("等外部单位"),
    "ageing": _("设施老化、历史遗留"),
    "unclear": _("还没查清"),
}
"""Why a complaint is not done yet."""

KINDS = {
    "request.reviewed": _("盘点"),
    "request.daily_review.done": _("投诉每日盘点"),
}
FACTS = {"root": _("根源"), "day": _("盘点日"), "late": _("盘点时已逾期")}
CODES: dict[str, dict[str, str | Promise]] = {"root": ROOTS, "roots": ROOTS}
