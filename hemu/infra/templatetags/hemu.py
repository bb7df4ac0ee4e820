"""Template tags of the kit. ``now`` stands in the template context; no tag reads a clock."""

from datetime import datetime, tzinfo
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from hemu.foundation.redaction import mask_phone
from hemu.infra.moments import OFFICE_ZONE
from hemu.infra.wording import due_words, exact_words, met_words, moment_words

register = template.Library()


@register.simple_tag(takes_context=True)
def due_label(
    context: Context, due: datetime | None, now: datetime | None = None, met_at: datetime | None = None
) -> SafeString:
    """Render a due time in words, the exact time on demand (pointer, tap, focus, screen reader, paper)."""
    if not due:
        return SafeString("")
    zone = _zone(context)
    label = met_words(due, met_at, zone) if met_at else due_words(due, now or context["now"], zone)
    return format_html(
        '<time class="due due-{}" datetime="{}" data-exact="{}" title="{}">{}<span class="sr"> {}</span></time>',
        label.state,
        label.iso,
        label.exact,
        gettext("期限 %(exact)s") % {"exact": label.exact},
        label.text,
        gettext("期限 %(exact)s") % {"exact": label.exact},
    )


@register.simple_tag(takes_context=True)
def local_time(context: Context, moment: datetime | None, now: datetime | None = None) -> SafeString:
    """Render a moment in the office's zone: 今天 17:02, 11月3日 周二 09:15."""
    if not moment:
        return SafeString("")
    zone = _zone(context)
    return format_html(
        '<time class="moment" datetime="{}" title="{}">{}</time>',
        moment.astimezone(zone).isoformat(timespec="seconds"),
        exact_words(moment, zone),
        moment_words(moment, now or context["now"], zone),
    )


@register.simple_tag(takes_context=True)
def exact_time(context: Context, moment: datetime | None) -> SafeString:
    """Render a moment in full, for paper and for what is kept: 2026-11-03 周二 09:15."""
    if not moment:
        return SafeString("")
    zone = _zone(context)
    said = exact_words(moment, zone)
    return format_html(
        '<time datetime="{}">{}</time>', moment.astimezone(zone).isoformat(timespec="seconds"), said
    )


@register.filter
def mask(phone: str | None) -> str:
    """Mask the middle of a phone number; nothing stays nothing."""
    return mask_phone(phone) if phone else ""


@register.filter
def of(mapping: Any, key: str) -> Any:
    """Return ``mapping[key]`` for a key held in a variable; empty when there is none."""
    return mapping.get(key, "") if mapping else ""


def _zone(context: Context) -> tzinfo:
    zone = context.get("office_zone")
    return zone if isinstance(zone, tzinfo) else OFFICE_ZONE
