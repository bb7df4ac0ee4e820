"""The words of the owners' own door."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "portal.phone": _("请写十一位的手机号。"),
    "portal.too_soon": _("验证码刚发过，请等 %(seconds)s 秒再要。"),
    "portal.too_often": _("今天要验证码的次数太多了，请明天再来，急事请打电话给管理处。"),
    "portal.no_gateway": _("这里还没有开通短信登录。请用管理处短信里的链接，或打电话给管理处。"),
    "portal.wrong_code": _("验证码不对，或者已经过期。请核对，或重新要一个。"),
    "portal.wait": _("试得太快了，请等 %(seconds)s 秒再来。"),
    "portal.no_words": _("请写下是什么事。"),
    "portal.not_your_home": _("请从您自己的房屋里选。"),
    "portal.too_many_words": _("一天最多写 %(most)s 件，请明天再写，急事请打电话给管理处。"),
    "portal.no_community": _("请选择小区。"),
    "portal.not_waiting": _("这一件不在“未对上房屋”里，也许别人刚刚对上了。"),
    "portal.not_of_home": _("这个人现在不是这套房的人，请重新选。"),
    "portal.needs_person": _("要记下号码，先选是哪一位。"),
    "portal.no_home": _("请选一套房。"),
}
KINDS = {"request.matched": pgettext_lazy("entry", "对上房屋")}
FACTS = {"phone_kept": _("记下号码")}
CODE_TITLE = _("登录验证码")
CODE_TEXT = _("【和睦】验证码 %(code)s，5 分钟内有效。不是您本人要的，请不要理会，也不要告诉别人。")
MATTER_STATES = {
    "open": _("在办"),
    "waiting": _("等配件或外单位"),
    "done": _("办好了"),
    "closed": _("已结束"),
}
