"""The words of roster import: refused files and rows, warnings, fields."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "roster.empty": _("文件是空的。"),
    "roster.too_large": _("文件太大：最多 10 万行、200 列、30 MB。请分成几份，或删掉表格远处的零星内容。"),
    "roster.unreadable": _(
        "文件读不出来：有密码、损坏，或不是表格。请用 Excel 或 WPS 打开后另存为 .xlsx，或存为 CSV；有密码的先去掉密码。"
    ),
    "roster.no_header": _("前 15 行里没有找到表头。表头要有“房号”这样的一列，再加业主、面积、电话等任一列。"),
    "roster.no_room": _("这一行没有房号。"),
    "roster.room_unreadable": _("房号“%(text)s”看不懂。可写成 1栋2单元301、1-2-301 或 A座1201。"),
    "roster.room_is_date": _("房号被 Excel 变成了日期（%(text)s）。请把这一列设为文本，重新填写。"),
    "roster.no_building": _("只有房号“%(text)s”，不知道是哪一栋。请加上栋号，或把表名改成栋号。"),
    "roster.area_conflict": _(
        "%(home)s 与第 %(row)s 行是同一套房，那里的面积是 %(area)s ㎡。请核对房号或面积。"
    ),
    "roster.sold_before_bought": _("%(home)s 的过户日早于原业主的入伙日，请核对日期。"),
    "roster.changed_meanwhile": _("预览以后，有人改动了这个小区的房屋。什么都没有写入；请重新预览再写入。"),
    "roster.not_in_preview": _("这份名册已经写入或放弃，不能再改。"),
    "roster.not_found": _("没有这份名册。"),
    "roster.no_such_file": _("打不开文件 %(file)s。"),
    "roster.no_file": _("请选一个文件。"),
    "roster.no_community": _("请选一个小区。"),
    "roster.sale_day_unreadable": _("%(home)s 的过户日看不懂，请按 2026-03-01 的写法填写。"),
    "roster.parked": _(
        "这份名册几次使后台中断，已停下，什么都没有写入。请技术人员看过后在“后台没办成的事”里再试，或者放弃，改好文件再导。"
    ),
    "roster.failed": _("读的时候出了意外，什么都没有写入。请再试一次；还不行就把文件交给管理员。"),
}

WARNINGS = {
    "roster.sheet_hidden": _("工作表“%(sheet)s”是隐藏的，没有读。"),
    "roster.sheet_skipped": _("工作表“%(sheet)s”里没有找到表头，没有读。"),
    "roster.row_twice": _("%(home)s 与第 %(row)s 行完全一样，算一套。"),
    "roster.home_joined": _("%(home)s 在第 %(row)s 行已有，合为一套。"),
    "roster.occupancy_conflict": _("%(home)s 两行的使用情况不同，取“%(kept)s”，不取“%(text)s”。"),
    "roster.occupancy_unknown": _("使用情况“%(text)s”看不懂，没有收。"),
    "roster.area_unreadable": _("面积“%(text)s”看不懂，没有收。"),
    "roster.date_unreadable": _("日期“%(text)s”看不懂，没有收。"),
    "roster.phone_unreadable": _("电话“%(text)s”看不懂，没有收；其余照收。"),
    "roster.no_phone_left": _("写明没有留电话。"),
    "roster.no_name": _("有电话，没有姓名。"),
    "roster.owner_asked": _(
        "%(home)s 的业主由“%(before)s”变为“%(after)s”：过户还是写法不同？没有答复，业主先不动。"
    ),
    "roster.kept_by_hand": _("%(home)s 的%(field)s手工改过，保留“%(before)s”，不取表里的“%(after)s”。"),
    "roster.home_missing": _("%(home)s 不在表里，没有动。"),
    "roster.person_missing": _("%(home)s 的“%(name)s”不在表里，没有动。"),
}

FIELDS = {
    "floor": _("楼层"),
    "area_centi": _("面积"),
    "occupancy": _("使用情况"),
    "handed_over_on": _("收楼日期"),
    "parking": _("车位"),
    "remark": _("备注"),
    "flags": _("标记"),
    "people": _("业主与住户"),
    "phones": _("电话"),
}

GUESSES = {"sold": _("像是过户"), "spelling": _("像是写法不同")}
STAGES = {"reading": _("正在读表"), "writing": _("正在写入")}
STATES = {
    "reading": _("正在读表"),
    "preview": _("等您确认"),
    "writing": _("正在写入"),
    "done": _("已写入"),
    "failed": _("没有做成"),
    "discarded": _("已放弃"),
}
TABS = {
    "created": _("新增"),
    "updated": _("改动"),
    "refused": _("没有收"),
    "kept": _("手工改过"),
    "missing": _("不在表里"),
    "warnings": _("提醒"),
}
PROGRESS_WORDS = _("%(done)s / %(total)s 行")
PREVIEW_WORDS = _("%(households)s 户，%(people)s 人。写入以前什么都没有改。")
DONE_WORDS = _("新增 %(created)s 套，改动 %(updated)s 套，不变 %(unchanged)s 套；%(people)s 人。")
REFUSED_FILE = _("未收的行")
NAMELESS = _("未留姓名")
REFUSED_COLUMNS = (_("原行号"), _("原因"))
