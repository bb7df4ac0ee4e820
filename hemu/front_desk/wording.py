"""The words of the front desk's refusals."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "paste.nothing": _("没有读到内容。请先在群里复制，再粘贴到这里。"),
    "photo_link.closed": _("这一件已经结案，不能再加照片。"),
    "photo_link.not_valid": _("这个二维码已失效。请让前台再出一个。"),
    "photo_link.nothing": _("请先拍照、选照片，或写几句话。"),
    "register.no_community": _("请选择小区。"),
    "register.no_type": _("请选择类型。"),
    "register.answer_left": _(
        "写了当场答复，却没有办结。答复完了的，按“当场答复，结案”；没有答完的，清空当场答复再登记。"
    ),
    "answer.no_words": _("请写下当场是怎么答复的。"),
    "answer.needs_work": _("维修不能当场答复了事，请登记后派单。"),
}

GROUP_CASE = _("%(number)s %(type)s")
GROUP_JOB = _("【派单】%(case)s %(urgency)s")
GROUP_DUE = _("最近期限 %(due)s")
GROUP_LINK = _("查看、接单（要登录）：%(link)s")
GROUP_ANSWER = _("【%(office)s答复】%(case)s")
GROUP_OWNER_LINK = _("本人凭手机号查看进展：%(link)s")
"""Texts that a person pastes into a chat group: always in the language of the office."""
