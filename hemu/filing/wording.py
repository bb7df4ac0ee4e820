"""The words of the file: refusals, classes, papers of a home's file, states."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemu.infra.wording import Status

REFUSALS = {
    "archive.not_found": _("档案里没有这一件，或者不在您的管理处。"),
    "archive.unknown_class": _("档案类别“%(class)s”不认识，可以是：%(known)s。"),
    "archive.by_itself": _("销毁清册由系统归档，不能手工归。"),
    "archive.unknown_piece": _("业主档案里没有这种资料，请从列出的里面选。"),
    "archive.needs_home": _("这份资料归哪一户，请写房号。"),
    "archive.other_home": _("这套房不在这个小区。"),
    "archive.no_title": _("写上名称。"),
    "archive.too_long": _("太长了，最多 %(limit)s 个字。"),
    "archive.no_date": _("写上纸面的日期。"),
    "archive.in_future": _("纸面的日期还没有到，请核对。"),
    "archive.no_file": _("把纸件拍照或扫描传上来。"),
    "archive.no_reason": _("写明原因。"),
    "archive.reported": _("已经报过公司物业管理部了。"),
    "archive.gone": _("这一件已经销毁。"),
    "archive.held": _("已经有人要求留存，先解除再提。"),
    "archive.not_held": _("现在没有人要求留存。"),
    "disposal.not_found": _("没有这次销毁，或者不在您的管理处。"),
    "disposal.nothing": _("选出要销毁的。"),
    "disposal.too_many": _("一次最多 %(most)s 件。"),
    "disposal.not_yet": _("里面有还没到期、有人要求留存或已经销毁的，请重新选。"),
    "disposal.waiting": _("上一次提的销毁还没有定，定了再提。"),
    "disposal.decided": _("这次销毁已经定了。"),
    "disposal.own": _("自己提的不能自己批准，请交给另一个人。"),
}
CLASSES = {
    "committee": _("业委会往来"),
    "owner": _("业主档案"),
    "notices": _("通知通告"),
    "correspondence": _("往来函件"),
    "minutes": _("会议纪要"),
    "reports": _("报告和计划"),
    "forms": _("单据"),
    "bills": _("费用单"),
    "cases": _("签字单据"),
    "office": pgettext_lazy("archive", "其他"),
    "disposals": _("销毁清册"),
}
PIECES = {
    "handover": _("交房流程表"),
    "household": _("业主家庭情况一览表"),
    "warranty": _("商品住宅质量保证书"),
    "identity": _("身份证复印件"),
    "inspection": _("交房验房表"),
    "deed": _("办理房产证流程表"),
    "renovation": _("装修手续"),
    "completion": _("装修完工验收表"),
}
ITEM_STATES = {
    "kept": Status(_("在档"), "pine", "square"),
    "held": Status(_("要求留存"), "amber", "half"),
    "gone": Status(_("已销毁"), "neutral", "dash"),
}
DISPOSAL_STATES = {
    "waiting": Status(_("等另一个人定"), "amber", "half"),
    "refused": Status(_("不同意销毁"), "neutral", "dash"),
    "done": Status(_("已销毁"), "pine", "square"),
}
MESSAGES = {"archive.item.reported": _("有一件档案报给公司物业管理部")}
KINDS = {
    "archive.item.filed": _("归档"),
    "archive.item.reported": _("档案报公司"),
    "archive.item.held": _("要求留存档案"),
    "archive.item.released": _("解除留存"),
    "archive.disposal.proposed": _("提出销毁档案"),
    "archive.disposal.refused": _("不同意销毁"),
    "archive.items.disposed": _("销毁档案"),
}
FACTS = {
    "item": _("档案"),
    "file_number": _("档号"),
    "file_class": _("档案类别"),
    "keep_until": _("保存至"),
    "about": _("所归的记录"),
    "digests": _("文件摘要"),
    "disposal": _("销毁"),
    "numbers": _("各件档号"),
}
CODES = {"file_class": CLASSES}
