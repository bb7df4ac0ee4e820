"""The words of refusals at the gates."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "account.weak_password": _("密码不行：%(why)s"),
    "office.unknown": _("没有叫“%(name)s”的管理处。现有：%(known)s。"),
    "access.denied": _("您的岗位没有这项权限（%(permission)s）。需要时请找管理处主任。"),
    "access.unknown_login": _("没有登录名为“%(login)s”的在用账号。"),
}
