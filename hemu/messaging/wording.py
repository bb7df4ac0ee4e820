"""The words of messages: refusals, states, channels, why something did not go out."""

from django.utils.translation import gettext_lazy as _

from hemu.infra.wording import Status

REFUSALS = {
    "message.not_found": _("这件事没有这条消息。"),
    "message.too_late": _("已经发出，收不回了。有说错的，请再告诉业主一次。"),
    "message.not_yours_to_send": _("这条消息不用您来发。"),
    "message.not_failed": _("这条消息没有失败，不用再发。"),
}
STATES = {
    "waiting": Status(_("待发"), "amber", "ring"),
    "sending": Status(_("正在发"), "amber", "half"),
    "sent": Status(_("已发出"), "pine", "dot"),
    "delivered": Status(_("已送达"), "pine", "dot"),
    "failed": Status(_("没发出去"), "brick", "triangle"),
    "unknown": Status(_("不知发没发出去"), "brick", "triangle"),
    "taken_back": Status(_("已收回"), "neutral", "dash"),
}
TO_COPY = Status(_("等您发"), "amber", "ring")
CHANNELS = {
    "in_app": _("站内提醒"),
    "sms": _("短信"),
    "email": _("电子邮件"),
    "wecom": _("企业微信群"),
    "copy": _("复制后自己发"),
}
ERRORS = {
    "connect": _("连不上对方的服务器。"),
    "timeout": _("发出后对方一直没有回话。"),
    "cut_off": _("发到一半断了线。"),
    "unreadable": _("对方的回话看不懂。"),
    "lost": _("发送时程序中断了。"),
    "restored": _("这是从备份恢复的，备份以后可能已经发出。"),
    "broken": _("内容拼不出来，请告诉管理员。"),
    "erased": _("内容或号码已按规定删除。"),
    "not_set_up": _("这个发送方式没有设置好。"),
    "address": _("地址写法不对。"),
    "gateway.failed": _("短信平台说没有送到。"),
}
REFUSED = _("对方拒收（%(code)s）。")
GROUP_TITLE = _("有急事")
GROUP_TEXT = _("有一件急事要马上处理：%(number)s。请打开和睦查看。")
