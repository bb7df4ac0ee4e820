"""The words of service requests: refusals, states, steps, codes, kinds of entries."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hemu.estate.wording import ROLES
from hemu.infra.wording import Status

if TYPE_CHECKING:
    from hemu.service_requests.models import Request

REFUSALS = {
    "request.no_words": _("请写下业主说的话。"),
    "behalf.anonymous": _("不愿留名的，就不记是谁替他说的。要记，请去掉“对方不愿留名”。"),
    "behalf.no_phone": _("要答复替他说的人，请写下这个人的电话。"),
    "request.too_long": _("内容太长，最多 %(limit)s 个字。"),
    "request.unknown_value": _("“%(field)s”不能是“%(value)s”，可以是：%(known)s。"),
    "request.unknown_limit": _("时限类别“%(limit)s”不在表中，可以是：%(known)s。"),
    "request.unreadable_date": _(
        "“%(field)s”的日期“%(value)s”看不懂，请写成 2026-11-30 或 2026-11-30 17:30。"
    ),
    "request.other_community": _("这套房不在这个小区。"),
    "request.not_found": _("没有编号为 %(number)s 的诉求，或者不在您负责的小区。"),
    "request.not_open": _("%(number)s 已经结案，不能并入。"),
    "request.merged_away": _("这一件已并入另一件，请到那一件里办。"),
    "request.stale": _("别人刚刚动过这一件（现在是第 %(version)s 版），请看过再办。"),
    "step.unknown": _("没有“%(step)s”这一步。可以办的有：%(known)s。"),
    "step.not_allowed": _("现在的状态（%(state)s）不能办“%(step)s”。可以办的有：%(allowed)s。"),
    "step.not_yours": _("“%(step)s”要由这些岗位来办：%(roles)s。"),
    "step.needs_words": _("“%(step)s”要写明内容（%(words)s）。"),
    "step.unknown_value": _("“%(step)s”不认识这些内容：%(values)s。"),
    "dispatch.named": _("业主投诉的就是这一位，不能派给他，请派给别人。"),
    "dispatch.too_many_helpers": _("协办的人最多 %(most)s 位。"),
    "accept.others": _("这一件派给了%(name)s。要换人，请主管转派。"),
    "accept.other_department": _("这一件派给了%(department)s，由那个部门的人接单。"),
    "named.handles": _("%(name)s正在办这一件，请先转派给别人，再写明投诉的是他。"),
    "outside.no_body": _("请选是哪个外单位转来的。"),
    "outside.duplicate_elsewhere": _("外单位的这个编号已经登记在您看不到的诉求上，请问公司客服。"),
    "outside.duplicate": _("外单位的这个编号已经登记过，就是 %(number)s，请记到那一件里。"),
    "refer.no_body": _("请写明转给哪个单位。"),
    "judge.needs_reason": _("判为无效，要写明理由。"),
    "dispatch.cannot_handle": _("“%(login)s”在这个管理处没有能接单的岗位，请改派别人。"),
    "judge.nothing": _("请写明定性的内容。可以写：%(known)s。"),
    "department.unknown": _("没有叫“%(name)s”的部门。现有：%(known)s。"),
    "entry.before_case": _("发生时间早于这件诉求本身，请核对。"),
    "entry.before_step": _("发生时间早于这件诉求的上一步（%(before)s），请核对。"),
    "entry.late_needs_reason": _("这是隔天才录入的（补录），请写明为什么现在才录。"),
    "entry.nothing_to_mend": _("还没有可以更正的记录。"),
    "quote.none": _("还没有报价。"),
    "quote.not_accepted": _("这是有偿服务，业主接受报价后才能开工和办完。"),
    "quote.unreadable": _("金额“%(value)s”看不懂，请写成 80 或 80.50（元）。"),
    "appoint.unreadable": _("约定的时间要有起止，止晚于起，且不在过去。"),
    "appoint.too_far": _("最远可以约到 %(days)s 天以内，请选近一点的日子。"),
    "urge.too_soon": _("刚才催过了，我们记着。%(hours)s 小时以后可以再催。"),
    "add.too_many": _("一天最多补充 %(count)s 次，请明天再写，急事请打电话。"),
    "rate.score": _("评分是 1 到 5。"),
    "second.already": _("这一户已经记过了。"),
    "correct.nothing": _("没有要更正的内容。可以更正：%(known)s。"),
    "pause.in_past": _("恢复日 %(day)s 已经过去，请选今天以后的日子。"),
    "pause.too_long": _("暂停最长 %(longest_days)s 天，请选近一点的恢复日。"),
    "close.not_done": _("还没有办结果（%(state)s），不能结案。先办理、告知业主，再结案。"),
    "close.other_outcome": _("按已有记录，结案结果是“%(outcome)s”，不能记成“%(asked)s”。"),
    "close.not_answered": _("还没有答复业主，不能结案。请先答复。"),
    "close.not_confirmed": _(
        "业主还没有确认。要么请业主确认；要么在不同的日子联系过 %(needed)s 次（已 %(tries)s 次）"
        "且告知已满 %(after_days)s 天，才能按“未确认”结案。"
    ),
    "reopen.too_late": _("结案已超过 %(days)s 天，请重新登记一件。"),
    "due.needs_fact": _("还缺一项：%(fact)s。"),
    "due.unknown_limit": _("时限表里没有“%(limit)s”。"),
    "link.not_valid": _("这个链接已失效、停用或不完整。请向管理处要一个新的，或者用手机号登录看自己的事。"),
    "suggest.no_such_file": _("读不了这个文件：%(file)s。"),
    "suggest.unreadable_line": _(
        "第 %(line)s 行看不懂。每行应是一个 JSON 对象，话写在 text 里，或写在 subject 和 body 里。"
    ),
    "key.other_body": _("这把钥匙已经用在另一件内容不同的登记上。"),
    "key.in_use": _("带着这把钥匙的请求还在办，稍后再看。"),
    "key.too_long": _("钥匙太长，最多 %(limit)s 个字符。"),
}

STATES = {
    "received": Status(_("已登记"), "amber", "ring"),
    "classified": Status(_("待派单"), "amber", "ring"),
    "dispatched": Status(_("待接单"), "amber", "half"),
    "accepted": Status(_("处理中"), "pine", "half"),
    "paused": Status(_("已暂停"), "amber", "pause"),
    "resolved": Status(_("待告知"), "amber", "dot"),
    "informed": Status(_("待确认"), "pine", "dot"),
    "confirmed": Status(_("待结案"), "pine", "dot"),
    "referred": Status(_("已转介"), "neutral", "dot"),
    "closed": Status(_("已结案"), "neutral", "square"),
}
FOR_OWNERS = {
    "received": _("收到了，正在安排人。"),
    "classified": _("收到了，正在安排人。"),
    "dispatched": _("已经派人，等他接单。"),
    "accepted": _("有人在办了。"),
    "paused": _("先停一停，到日子接着办。"),
    "resolved": _("办完了，结果马上告诉您。"),
    "informed": _("办完了。解决没解决，请您说一声。"),
    "confirmed": _("您说解决了，谢谢。"),
    "referred": _("这件事归别的单位管，已经替您转过去。"),
    "closed": _("这件事已经结束。"),
}
"""A state as an owner is told it."""
ENDS_FOR_OWNERS = {
    "unconfirmed": _("没有等到您的回话，先结束了。没有解决的，可以重新办理。"),
    "withdrawn": _("您撤回了这件事。"),
    "void": _("这件事登记错了，已经作废。"),
    "own_matter": _("这件事要您自己处理，原因见答复。"),
    "referred": _("这件事归别的单位管，已经替您转过去。"),
}
STALE_FOR_OWNERS = _("这件事刚有了新进展，请看一看再点一次。")
NEEDS_WORDS_FOR_OWNERS = _("请先写几句，再发给我们。")
NOT_NOW_FOR_OWNERS = _("这一步现在不用办了，请看最新进展。")
SCORES = {"5": _("很满意"), "4": _("满意"), "3": _("一般"), "2": _("不满意"), "1": _("很不满意")}
OUTCOMES = {
    "confirmed": _("业主确认"),
    "told": _("业主口头告知"),
    "unconfirmed": _("未确认"),
    "referred": _("已转介"),
    "own_matter": _("业主自行解决"),
    "withdrawn": _("业主撤回"),
    "void": _("作废"),
}
TYPES = {
    "repair_home": _("居家维修"),
    "repair_public": _("公共维修"),
    "complaint": _("投诉"),
    "inquiry": _("咨询"),
    "suggestion": _("意见建议"),
    "help": _("求助"),
    "praise": _("表扬"),
    "other": _("其他"),
}
TRADES = {
    "security": _("保安"),
    "cleaning": _("保洁"),
    "repair": _("维修"),
    "greening": _("绿化"),
    "other": _("其他"),
}
NATURES = {"routine": _("常规"), "special": _("专项"), "ordered": _("特约")}
URGENCIES = {"urgent": _("紧急"), "soon": _("较急"), "normal": _("普通")}
CHANNELS = {
    "phone": _("来电"),
    "walk_in": _("来访"),
    "letter": _("信函"),
    "mail": _("邮件"),
    "fax": _("传真"),
    "web": _("网络"),
    "box": _("意见箱"),
    "hotline": _("总经理热线"),
    "visit": _("走访"),
    "chat": _("群聊"),
    "import": _("补录"),
}
LIMITS = {
    "danger": _("危险或困人"),
    "supply": _("水、电、电梯、大门"),
    "fitting": _("照明、门、排水"),
    "contractor": _("须外包施工"),
}
OUTSIDE_BODIES = {
    "hotline": _("12345 热线"),
    "street": _("街道办、居委会"),
    "housing": _("住建部门"),
    "police": _("公安"),
    "court": _("法院"),
    "other": _("其他单位"),
}
PAUSE_REASONS = {
    "owner": _("业主要求改期"),
    "parts": _("等配件"),
    "outside": _("等外部单位"),
    "weather": _("天气"),
}
CANNOT = {
    "no_parts": _("没有配件"),
    "other_trade": _("派错了工种"),
    "contractor": _("要外包或厂家"),
    "no_access": _("进不去"),
    "not_ours": _("不归物业管"),
    "owner_to_handle": _("业主自身原因"),
    "other": _("其他"),
}
SHIFTS = {"on_duty": _("在班"), "off_duty": _("不在班")}
SCOPES = {"inside": _("物业职责"), "outside": _("外部单位")}
SIZES = {"major_repair": _("大修")}
BEHALF = {"concerned": _("答复当事人"), "speaker": _("答复代说的人")}
"""Somebody spoke for another: who of the two is answered and revisited."""
REOPENED_FOR = {"rework": _("返修"), "unsatisfied": _("不满意"), "other": _("其他")}
STEPS = {
    "classify": _("分类"),
    "dispatch": _("派单"),
    "accept": _("接单"),
    "resolve": _("办完"),
    "inform": _("告知业主"),
    "confirm": _("业主已确认"),
    "close": _("结案"),
    "reply": _("答复业主"),
    "transfer": _("转派"),
    "send_back": _("退回"),
    "appoint": _("约时间"),
    "set_out": _("出发"),
    "arrive": _("到了"),
    "nobody_home": _("家里没人"),
    "quote": _("报价"),
    "accept_quote": _("业主同意报价"),
    "decline_quote": _("业主不同意报价"),
    "add": _("补充"),
    "urge": _("催办"),
    "second": _("有人也反映"),
    "partly": _("部分解决"),
    "rate": _("评价"),
    "pause": _("暂停"),
    "resume": _("恢复"),
    "judge": _("定性"),
    "escalate": _("上报"),
    "outside": _("外单位转来"),
    "refer": _("转介"),
    "try_contact": _("记一次联系"),
    "correct": _("更正"),
    "resort": _("重新分类"),
    "split": _("拆成两件"),
    "merge": _("并入另一件"),
    "withdraw": _("业主撤回"),
    "void": _("作废"),
    "reopen": _("重开"),
}
WORDS = {
    "reason": _("理由"),
    "result": _("结果"),
    "reply": _("答复内容"),
    "told": _("业主怎么说"),
    "remark": _("备注"),
    "text": _("内容"),
    "offer": _("做什么、用什么料、多少钱"),
}
KINDS = {
    "request.registered": pgettext_lazy("entry", "登记"),
    "request.classified": pgettext_lazy("entry", "分类"),
    "request.dispatched": pgettext_lazy("entry", "派单"),
    "request.accepted": pgettext_lazy("entry", "接单"),
    "request.paused": pgettext_lazy("entry", "暂停"),
    "request.resumed": pgettext_lazy("entry", "恢复"),
    "request.judged": pgettext_lazy("entry", "定性"),
    "request.escalated": pgettext_lazy("entry", "上报"),
    "request.appointed": pgettext_lazy("entry", "约定时间"),
    "request.set_out": pgettext_lazy("entry", "出发"),
    "request.arrived": pgettext_lazy("entry", "到达"),
    "request.nobody_home": pgettext_lazy("entry", "家里没人"),
    "request.quoted": pgettext_lazy("entry", "报价"),
    "request.quote_accepted": pgettext_lazy("entry", "同意报价"),
    "request.quote_declined": pgettext_lazy("entry", "不同意报价"),
    "request.added": pgettext_lazy("entry", "补充"),
    "request.urged": pgettext_lazy("entry", "催办"),
    "request.seconded": pgettext_lazy("entry", "也反映"),
    "request.partly_solved": pgettext_lazy("entry", "部分解决"),
    "request.rated": pgettext_lazy("entry", "评价"),
    "request.resolved": pgettext_lazy("entry", "办完"),
    "request.replied": pgettext_lazy("entry", "答复业主"),
    "request.owner_informed": pgettext_lazy("entry", "告知业主"),
    "request.contact_tried": pgettext_lazy("entry", "联系业主"),
    "request.owner_confirmed": pgettext_lazy("entry", "业主确认"),
    "request.sent_back": pgettext_lazy("entry", "退回"),
    "request.referred": pgettext_lazy("entry", "转介"),
    "request.closed": pgettext_lazy("entry", "结案"),
    "request.withdrawn": pgettext_lazy("entry", "业主撤回"),
    "request.reopened": pgettext_lazy("entry", "重开"),
    "request.outside_noted": pgettext_lazy("entry", "外单位转来"),
    "request.corrected": pgettext_lazy("entry", "更正"),
    "request.resorted": pgettext_lazy("entry", "重新分类"),
    "request.split": pgettext_lazy("entry", "拆出一件"),
    "request.links_revoked": pgettext_lazy("entry", "停用给业主的链接"),
    "request.merged": pgettext_lazy("entry", "并入另一件"),
    "request.joined": pgettext_lazy("entry", "并进一件"),
    "request.voided": pgettext_lazy("entry", "作废"),
}
FACTS = {
    "type": _("类型"),
    "trade": _("专业"),
    "nature": _("服务性质"),
    "urgency": _("迫切程度"),
    "limit": _("时限类别"),
    "channel": _("方式"),
    "outcome": _("结果"),
    "cause": _("原因"),
    "role": _("报给"),
    "due": _("应于"),
    "clause": _("条款"),
    "rung": _("第几级"),
    "told": _("已通知到人"),
    "resume_at": _("恢复"),
    "promised_at": _("答应的时间"),
    "on_time": _("按时"),
    "anonymous": _("匿名"),
    "from": _("从"),
    "until": _("到"),
    "tries": _("第几次"),
    "times": _("第几次"),
    "count": _("共几户"),
    "amount_fen": _("金额"),
    "score": _("评分"),
    "valid": _("有效"),
    "major": _("重大"),
    "scope": _("归谁管"),
    "size": _("规模"),
    "owner_to_handle": _("业主自身原因"),
    "body": _("来件单位"),
    "behalf": _("代人反映"),
    "due_by": _("外单位限"),
    "independent": _("独立"),
    "shift": _("当班"),
    "paid": _("有偿"),
    "by_owner": _("业主提出"),
    "reason": _("缘由"),
    "into": _("并入/拆到"),
    "other": _("另一件"),
    "split_from": _("拆自"),
}
_FIELDS = {
    **FACTS,
    "at": _("什么时候"),
    "resume_on": _("哪天恢复"),
    "text": _("原话"),
    "caller_name": _("称呼"),
    "caller_phone": _("电话"),
    "speaker_name": _("谁替他说的"),
    "speaker_phone": _("这个人的电话"),
    "place": _("位置"),
    "home": _("房号"),
    "named": _("投诉的是谁"),
    "outside_number": _("外单位编号"),
    "outside_due_at": _("外单位限时"),
}
CODES = {
    "step": STEPS,
    "allowed": STEPS,
    "state": {code: status.word for code, status in STATES.items()},
    "outcome": OUTCOMES,
    "asked": OUTCOMES,
    "roles": ROLES,
    "words": WORDS,
    "field": _FIELDS,
    "fact": _FIELDS,
    "known": {**_FIELDS, **STEPS, **TYPES, **CHANNELS},
    "values": _FIELDS,
}
"""The words of codes in refusals, by the parameter that holds them."""
MESSAGES = {
    "request.registered": _("【%(office)s】您好，您反映的事已登记，编号 %(number)s，有了进展会告诉您。"),
    "request.replied": _("【%(office)s】您反映的事（%(number)s）答复如下：%(reply)s。"),
    "request.owner_informed": _(
        "【%(office)s】您反映的事（%(number)s）办理结果：%(reply)s。解决没解决，都请告诉我们一声。"
    ),
    "request.appointed": _("【%(office)s】您反映的事（%(number)s）约好 %(slot)s 上门。时间不合适可以改。"),
}
"""What an owner is told, in Chinese whatever the language of the screen."""
MESSAGE_LINK = _("查看和回复：%(link)s")
MESSAGE_TITLE = _("您反映的事 %(number)s")
MESSAGE_DAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
MESSAGE_TOPICS = {
    "request.registered": _("登记回执"),
    "request.replied": _("答复"),
    "request.owner_informed": _("办理结果"),
    "request.appointed": _("上门时间"),
    "request.dispatched": _("紧急派单"),
    "request.danger": _("险情"),
    "duty.urgent": _("紧急提醒"),
}


def place_words(case: "Request") -> str:
    """Return where a case is about: its home, else the place as said, else the common parts."""
    return case.home_written or case.place or gettext("公共部位")
