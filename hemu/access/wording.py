"""The words of refusals at the gates."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "account.login_length": _("登录名要有 1 到 %(most)s 个字。"),
    "account.weak_password": _("密码不行：%(why)s"),
    "token.no_name": _("令牌要有名字，比如对接系统的名称。"),
    "token.name_taken": _("已经有叫“%(name)s”的令牌，换一个名字。"),
    "token.unknown_role": _("没有“%(role)s”这个角色可给令牌。可用：%(known)s。"),
    "token.no_community": _("说明令牌管哪些小区，或者全部小区。"),
    "token.ended": _("到期时间要在现在以后。"),
    "token.unknown": _("没有叫“%(name)s”的令牌。"),
    "token.missing": _("请求要带令牌：Authorization: Bearer …"),
    "token.not_valid": _("令牌不对、已停用或者已到期。"),
    "office.unknown": _("没有叫“%(name)s”的管理处。现有：%(known)s。"),
    "access.denied": _("您的岗位没有这项权限（%(permission)s）。需要时请找管理处主任。"),
    "access.unknown_login": _("没有登录名为“%(login)s”的在用账号。"),
}
