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
    "number.unreadable": _("编号看不懂，应当像 HHY-2026-00012。"),
}

PROOFS = {"own": _("本人"), "device": _("设备"), "second": _("他人会签"), "word": _("口述")}
KINDS = {"duty.late": _("应办事项逾期"), "duty.escalated": _("逾期上报")}
