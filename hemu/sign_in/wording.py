"""The words of the door: refusals, and entries about ways in."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "account.closed": _("这个账号已停用。"),
    "account.code_not_valid": _("这个登录码不对、用过了，或已过期。请找管理处重新打印一张。"),
    "account.wrong_password": _("现在的密码不对。"),
    "account.passwords_differ": _("两次填的新密码不一样。"),
    "factor.wrong_code": _("验证码不对，或刚才已经用过。请等手机上换一个新的六位数再填。"),
    "factor.wait": _("试得太多了，请等 %(seconds)s 秒再来。您的账号没有被锁。"),
    "factor.enrolled_already": _("这个账号已经有动态码了。"),
    "factor.not_begun": _("请先扫二维码，再填验证码。"),
    "factor.none": _("这个账号没有设动态码。"),
    "factor.required": _("您的岗位必须用动态码，不能取消；换了手机请找管理处主任重置。"),
    "factor.unreadable": _("动态码的密钥读不出来（系统密钥换过）。请找管理处主任重置动态码。"),
    "pin.unreadable": _("PIN 是 %(shortest)s 到 %(longest)s 位数字。"),
    "pin.too_easy": _("这个 PIN 太好猜，不要用连号或同一个数字。"),
    "pin.differs": _("两次输入的 PIN 不一样。"),
    "pin.code_first": _("请先退出，用密码和动态码登录一次，再记住这台手机。"),
    "pin.password_first": _("请先退出，用密码登录一次，再记住这台手机。"),
    "pin.not_for_this_post": _("要签字的岗位不用 PIN，请用密码登录。"),
    "pin.wrong": _("PIN 不对，还可以试 %(left)s 次。"),
    "pin.ended": _("这台设备要重新用密码登录，再设一次 PIN。"),
}
KINDS = {
    "account.code_given": _("给了首次登录码"),
    "account.password_set": _("设了密码"),
    "factor.enrolled": _("启用动态码"),
    "factor.removed": _("取消动态码"),
    "factor.reset": _("重置动态码"),
    "factor.recovery_used": _("用了一个备用码"),
}
FACTS = {"means": _("方式"), "left": _("还剩"), "ends_on": _("有效至")}
CODES = {"means": {"code": _("首次登录码"), "own": _("本人更改")}}
