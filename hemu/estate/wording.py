"""The words of the estate's refusals, roles and codes."""

from django.utils.translation import gettext_lazy as _

from hemu.estate.roster.wording import REFUSALS as ROSTER_REFUSALS

REFUSALS = {
    **ROSTER_REFUSALS,
    "community.no_name": _("请填小区名称。"),
    "community.unknown": _("没有叫“%(name)s”的小区。现有：%(known)s。"),
    "home.unknown": _(
        "名册里没有“%(room)s”这套房。相近的有：%(near)s。请核对；确实不在册的，不填房号，把地点写进原话。"
    ),
}

OCCUPANCIES = {
    "occupied": _("已入住"),
    "not_moved_in": _("未入住"),
    "not_handed_over": _("未收楼"),
    "vacant": _("空置"),
    "let": _("出租"),
    "business": _("办公"),
    "unknown": _("未登记"),
}
ROLES = {
    "general_manager": _("总经理"),
    "company_leader": _("公司领导"),
    "company_office": _("公司办公室"),
    "hr": _("人事行政"),
    "operations": _("物业管理部"),
    "quality": _("品质管理部"),
    "finance": _("财务"),
    "call_center": _("400 客服中心"),
    "office_director": _("管理处主任"),
    "public_affairs": _("公共事务"),
    "department_head": _("部门主管"),
    "cs_supervisor": _("客户服务主管"),
    "frontdesk": _("前台"),
    "steward": _("管家"),
    "technician": _("维修"),
    "security": _("秩序维护"),
    "committee_chair": _("业委会主任"),
    "all_departments": _("各部门"),
    "all_staff": _("全体员工"),
}
TIES = {
    "owner": _("业主"),
    "co_owner": _("共有人"),
    "tenant": _("租户"),
    "company": _("单位业主"),
    "contact": _("联系人"),
}
FLAGS = {
    "lives_alone": _("独居老人"),
    "hardship": _("困难户"),
    "disabled": _("残疾"),
    "no_calls": _("勿打电话"),
}
KINDS = {"roster.imported": _("导入名册"), "tie.ended": _("与房屋的关系终止")}
