"""The words of signing in."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "pin.unreadable": _("PIN 是 %(shortest)s 到 %(longest)s 位数字。"),
    "pin.too_easy": _("这个 PIN 太好猜，不要用连号或同一个数字。"),
    "pin.differs": _("两次输入的 PIN 不一样。"),
    "pin.not_for_this_post": _("要签字的岗位不用 PIN，请用密码登录。"),
    "pin.wrong": _("PIN 不对，还可以试 %(left)s 次。"),
    "pin.ended": _("这台设备要重新用密码登录，再设一次 PIN。"),
}
