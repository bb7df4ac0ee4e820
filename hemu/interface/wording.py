"""The words of the interface: its refusals, and what is wrong with a value."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "api.not_found": _("没有这个地址。"),
    "api.wrong_method": _("这个地址不接受这种方法。可用：%(known)s。"),
    "api.not_json": _("请求正文不是能读的 JSON。"),
    "api.invalid": _("有 %(count)s 处不合要求，见 errors。"),
    "api.too_many": _("请求太多，请等 %(seconds)s 秒再试。"),
    "api.too_large": _("请求正文太大。"),
    "token.beyond_own": _("这把令牌能做的、管到的，超出了您自己的权限。"),
    "token.not_found": _("没有这把令牌。"),
    "page.unknown_cursor": _("cursor 不是这个列表给出的。"),
    "step.needs_person": _("“%(step)s”要本人来做，接口不能代替。"),
    "community.not_found": _("没有这个小区，或者令牌管不到它。"),
    "webhook.unsafe_address": _("回调地址要用 https：%(url)s"),
    "webhook.unknown_kind": _("没有“%(kind)s”这种事件。可用：%(known)s。"),
    "webhook.unknown": _("没有这个回调。"),
    "home.not_found": _("没有这套房，或者令牌管不到它。"),
    "entry.not_found": _("没有这一笔，或者令牌管不到它。"),
}
KINDS = {
    "token.made": _("给对接系统做了令牌"),
    "token.revoked": _("停用了令牌"),
    "webhook.added": _("开始把事件推给对接系统"),
    "webhook.stopped": _("停止推送事件"),
}
FACTS = {"communities": _("小区"), "token": _("令牌"), "kinds": _("哪些事件")}
INVALID = {
    "missing": _("少了这一项"),
    "extra_forbidden": _("没有这一项"),
    "literal_error": _("不是可用的值：%(expected)s"),
    "string_too_short": _("至少要 %(min_length)s 个字"),
    "string_too_long": _("最多 %(max_length)s 个字"),
    "string_type": _("要是文字"),
    "int_type": _("要是整数"),
    "int_parsing": _("要是整数"),
    "int_from_float": _("要是整数"),
    "greater_than_equal": _("不能小于 %(ge)s"),
    "less_than_equal": _("不能大于 %(le)s"),
    "bool_type": _("要是 true 或 false"),
    "bool_parsing": _("要是 true 或 false"),
    "dict_type": _("要是一组“名称: 值”"),
    "model_attributes_type": _("要是一个 JSON 对象"),
}
"""By the kind of fault that pydantic names; any other is said with ``INVALID_OTHERWISE``."""
INVALID_OTHERWISE = _("格式不对")
