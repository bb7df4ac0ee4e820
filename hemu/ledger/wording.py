"""The words of the ledger's refusals, of its kinds' proofs and of who may read them."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "entry.unknown_kind": _("台账里没有“%(kind)s”这种记录。"),
    "entry.unknown_fact": _("“%(kind)s”这种记录不记“%(fact)s”。"),
    "entry.missing_fact": _("“%(kind)s”这种记录还缺“%(fact)s”。"),
    "entry.wrong_fact": _("“%(kind)s”里“%(fact)s”的写法不对。"),
    "entry.proof_too_weak": _("这件事要有更硬的凭据，至少是“%(least)s”。"),
    "entry.wrong_actor": _("“%(kind)s”这种记录不能由这一方来写：系统只记逾期和上报，其余由人来记。"),
    "entry.too_long_ago": _("发生时间早于 %(year)s 年，请核对。"),
    "entry.in_future": _("发生时间还没到，请填已经过去的时间。"),
    "entry.too_deep": _("记录“%(kind)s”引出的记录太多层，没有保存。"),
    "canonical.unsupported": _("文字里有看不见的控制字符，请删掉后再存。"),
    "root.unreadable": _("“%(code)s”不是封存码：应当是 16 位，没有 0、O、1、I。"),
    "root.no_such_seal": _("没有第 %(seal)s 次封存。"),
    "root.unknown_place": _("公布的地方要选一个。"),
    "package.exists": _("“%(folder)s”已经在了，请换一个文件夹。"),
    "package.unwritable": _("“%(folder)s”写不进去：%(reason)s"),
    "package.period": _("开始的日子要在结束的日子之前。"),
    "package.spoiled": _("记录 %(entry)s 的内容已被破坏，写不进核验包。请先执行 hemu ledger verify。"),
    "number.unreadable": _("编号看不懂，应当像 HHY-2026-00012。"),
}

PROOFS = {"own": _("本人"), "device": _("设备"), "second": _("他人会签"), "word": _("口述")}
KINDS = {
    "duty.late": _("应办事项逾期"),
    "duty.escalated": _("逾期上报"),
    "figure.frozen": _("当月定数"),
    "root.published": _("公布封存码"),
}
PLACES = {
    "board": _("公告栏"),
    "paper": _("月报"),
    "mail": _("业委会邮件"),
    "group": _("业主群"),
    "other": _("其他地方"),
}
