"""The words of staffing: refusals, warnings, entries, figures."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "staff.not_found": _("没有这个人，或不归您管。"),
    "staff.no_name": _("没有写姓名。"),
    "staff.no_post": _("没有岗位。请填岗位，如管家、前台、维修工、保安队长。"),
    "staff.post_unknown": _(
        "岗位“%(text)s”在系统里没有对应。能认的有：项目经理（主任）、客服主管、前台、管家、工程主管、维修工、保安队长、保安、保洁、绿化、财务、人事、品质、总经理等。"
    ),
    "staff.no_header": _("前 15 行里没有找到表头。表头要有“姓名”一列，再加岗位、电话、部门等任一列。"),
    "staff.login_unreadable": _("登录名“%(text)s”不行：用小写字母和数字，2 到 40 位。"),
    "staff.login_taken": _("登录名“%(login)s”已经有人用了。请换一个，或空着由系统拟一个。"),
    "staff.ends_before_it_begins": _("结束日期早于开始日期。"),
    "staff.office_unknown": _("没有叫“%(text)s”的管理处。现有：%(known)s。"),
    "staff.office_needed": _("有几个管理处，请写明在哪一个：%(known)s。"),
    "staff.community_unknown": _("没有叫“%(text)s”的小区。现有：%(known)s。"),
    "staff.community_elsewhere": _("“%(text)s”不归这一行写的管理处。"),
    "staff.own_posts": _("自己的岗位和去留，不能自己改。请找上一级或人事。"),
    "staff.not_yours": _("这个人在别的管理处或公司也有岗位，或这个岗位不归您管。请找公司人事。"),
    "staff.not_your_office": _("%(office)s的岗位不归您管。请找公司人事。"),
    "staff.last_director": _("%(office)s只剩这一个人能管员工。请先给别人相应的岗位（如管理处主任），再改。"),
    "staff.post_held": _("这段时间里已经有这个岗位。"),
    "staff.has_left": _("已经离职，或已定了离职日期。"),
    "staff.not_left": _("没有离职，不用再入职。"),
    "staff.not_leaving": _("没有定离职，或已经离职。"),
    "staff.takes_over_oneself": _("不能交接给自己。"),
    "staff.successor_left": _("接手的人那时已经离职。"),
    "staff.day_unreadable": _("日期看不懂，请按 2026-03-01 的写法填写。"),
    "staff.import_not_found": _("没有这份员工表。"),
    "staff.import_not_in_preview": _("这份员工表已经写入或放弃。"),
    "staff.changed_meanwhile": _("预览以后，员工有了变动。什么都没有写入；请看过新的预览再写入。"),
}
WARNINGS = {
    "staff.row_twice": _("%(name)s 与第 %(row)s 行一样，算一次。"),
    "staff.phone_unreadable": _("电话“%(text)s”看不懂，没有收；其余照收。"),
    "staff.left_and_unknown": _("%(name)s 写着离职，系统里没有这个人，没有收。"),
    "staff.posts_over": _("%(name)s 的岗位都已过期，没有收。"),
    "staff.left_today": _("%(name)s 写着离职，没有日期：从今天起。"),
    "staff.left_by_hand": _(
        "%(name)s 在系统里 %(day)s 离职，表里没有写离职：没有动。再入职的，把入职日期写成新的。"
    ),
    "staff.login_kept": _("%(name)s 的登录名是 %(login)s，没有改。"),
}
KINDS = {
    "staff.joined": _("入职"),
    "staff.returned": _("再入职"),
    "staff.changed": _("资料更改"),
    "staff.pictured": _("照片"),
    "staff.unpictured": _("删去照片"),
    "post.given": _("任岗位"),
    "post.changed": _("岗位更改"),
    "post.ended": _("岗位结束"),
    "staff.leaving": _("定了离职"),
    "staff.staying": _("不离职了"),
    "staff.left": _("离职"),
    "staff.imported": _("导入员工表"),
}
TRADES = {
    "security": _("保安"),
    "cleaning": _("保洁"),
    "repair": _("维修"),
    "greening": _("绿化"),
    "other": _("其他"),
}
FIELDS = {
    "phone": _("电话"),
    "number": _("工号"),
    "post": _("岗位"),
    "left_on": _("离职"),
    "login": _("登录名"),
}
TABS = {
    "created": _("新增"),
    "updated": _("改动"),
    "refused": _("没有收"),
    "missing": _("不在表里"),
    "warnings": _("提醒"),
}
STATES = {
    "at_work": _("在岗"),
    "never_in": _("还没有进来过"),
    "leaving": _("将离职"),
    "left": _("已离职"),
    "no_post": _("没有岗位"),
}
REFUSED_FILE = _("未收的行")
REFUSED_COLUMNS = (_("原行号"), _("原因"))
WHOLE_COMPANY = _("全公司")
