"""The words of papers: refusals, kinds, states, steps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemu.infra.wording import Status

REFUSALS = {
    "paper.nothing": _("没有可以打印的。"),
    "paper.too_many": _("一次最多打印 %(most)s 张，请选短一点的时间。"),
    "paper.unwritable": _("写不了这个文件：%(file)s。"),
    "form.unknown": _("没有“%(form)s”这张表。全部表格见“表格清单”。"),
    "form.not_in_word": _("《%(form)s》是手写的表，没有 Word 版；请打印空白的。"),
    "form.no_records": _("《%(form)s》还没有记录可以套打，请打印空白的。"),
    "document.not_found": _("没有这份文书，或者不在您的管理处。"),
    "document.unknown_kind": _("文书种类“%(kind)s”不认识，可以是：%(known)s。"),
    "document.table_too_big": _("表格最多 %(rows)s 行、%(columns)s 列，各行一样长。"),
    "document.no_case": _("没有编号为 %(number)s 的诉求，或者不在您负责的小区。"),
    "document.no_title": _("写上标题。"),
    "document.no_body": _("写上正文。"),
    "document.too_long": _("太长了，最多 %(limit)s 个字。"),
    "document.no_reason": _("写明原因。"),
    "document.one_day_missing": _("张贴的起日和止日要么都填，要么都不填。"),
    "document.days_reversed": _("止日早于起日，请核对。"),
    "document.other_office": _("这个小区不归这个管理处。"),
    "document.not_issued": _("只有已经发出的文书才能更正，请选那一份。"),
    "document.not_yours": _("这一步不是您的岗位办的。"),
    "document.stale": _("别人刚刚改过，请看过新的再改。"),
    "document.changed": _("您看过以后内容又改了，请看过新的再定。"),
    "document.own": _("自己起草的不能自己审批，请交给：%(who)s。"),
    "document.not_theirs": _("现在轮到别人审：%(who)s。"),
    "document.nothing_asked": _("这份文书现在不等谁审批。"),
    "document.unreadable_day": _("日期“%(value)s”看不懂，请写成 2026-11-30。"),
    "document.unknown_office": _("没有叫“%(name)s”的管理处。"),
    "chain.empty": _("审批链上至少要有一个人。"),
    "chain.too_long": _("审批链太长，最多 %(limit)s 步，每步最多 %(limit)s 人。"),
    "chain.unknown_role": _("岗位“%(role)s”不能放在审批链上。"),
    "chain.no_approval": _("最后一步要有人“批准”，不能只是“审阅”。"),
    "seal.not_approved": _("没有批准的文书不能用章。"),
    "seal.unknown_mode": _("用章方式只有两种：盖章扫描件，内部审批标记。"),
    "seal.copies": _("份数从 1 到 %(most)s。"),
    "seal.no_scan": _("把盖好章的纸件拍照或扫描传上来。"),
    "seal.too_many_scans": _("扫描件最多 %(most)s 个文件，页数多的请扫成一个 PDF。"),
    "seal.scan_with_mark": _("印审批标记的不用传扫描件。"),
    "signature.no_key": _("签名用的证书文件不能用：%(file)s。要 PEM 格式，含 P-256 私钥和证书。"),
    "signature.too_large": _("文件太大，最多 %(megabytes)s MB。"),
    "layout.in_past": _("从今天或以后开始，已经发出的文书不改样子。"),
    "layout.head_too_long": _("版头最多 %(limit)s 个字。"),
    "layout.bad_word": _("字头只用汉字、字母和数字，最多 %(limit)s 个。"),
    "layout.unknown_value": _("“%(value)s”不在可选的里面。"),
}
PAPER_KINDS = {
    "notice": _("通知通告"),
    "letter": _("函件"),
    "form": _("单据"),
    "minutes": _("会议纪要"),
    "committee_minutes": _("业委会会议纪要"),
    "report": _("报告"),
    "bill": _("费用单"),
}
STATES = {
    "draft": Status(_("草稿"), "neutral", "ring"),
    "submitted": Status(_("待审批"), "amber", "half"),
    "refused": Status(_("退回修改"), "brick", "triangle"),
    "approved": Status(_("已批准，待盖章"), "amber", "dot"),
    "issued": Status(_("已发出"), "pine", "square"),
    "void": Status(_("作废"), "neutral", "dash"),
}
ACTS = {"read": _("审阅"), "approve": _("批准")}
RESULTS = {"agreed": _("同意"), "refused": _("退回")}
MODES = {"scan": _("盖章扫描件"), "mark": _("内部审批标记")}
MODES_SAID = {
    "scan": _("纸上盖了章，扫描件与本件配对保存；以盖章的纸件为准。"),
    "mark": _("本件印的是内部审批标记，不是印章，没有公章的法律效力。"),
}
SEAL_COLUMNS = (
    _("时间"),
    _("管理处"),
    _("文号"),
    _("标题"),
    _("种类"),
    _("用章方式"),
    _("份数"),
    _("用章人"),
    _("文件摘要"),
    _("扫描件摘要"),
)
COLOURS = {"red": _("红色"), "black": _("黑色")}
FONTS = {"serif": _("宋体"), "sans": _("黑体")}
SIZES = {"large": _("三号"), "normal": _("四号"), "small": _("小四")}
MESSAGES = {
    "paper.to_decide": _("有一份文书等您审批"),
    "paper.approved": _("您起草的文书批准了"),
    "paper.refused": _("您起草的文书被退回"),
}
KINDS = {
    "paper.drafted": _("起草文书"),
    "paper.revised": _("修改文书"),
    "paper.submitted": _("送审"),
    "paper.agreed": pgettext_lazy("entry", "审批同意"),
    "paper.refused": pgettext_lazy("entry", "审批退回"),
    "paper.approved": pgettext_lazy("entry", "文书批准，取得文号"),
    "paper.issued": pgettext_lazy("entry", "盖章发出"),
    "paper.voided": pgettext_lazy("entry", "文书作废"),
    "paper.layout_set": _("设定文书版面"),
    "paper.chain_set": _("设定审批链"),
}
FACTS = {
    "paper_kind": _("文书种类"),
    "paper_version": _("第几稿"),
    "paper_digest": _("内容摘要"),
    "paper_number": _("文号"),
    "approval_act": _("审批"),
    "independent": _("独立"),
    "second_factor": _("动态码"),
    "seal_mode": _("用章方式"),
    "file_digest": _("文件摘要"),
    "copies": _("份数"),
    "turns": _("审批链"),
}
CODES = {"paper_kind": PAPER_KINDS, "approval_act": ACTS, "seal_mode": MODES}
