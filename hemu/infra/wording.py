"""Moments and states as people say them. Time and zone are arguments; the words are in the catalogue."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal, NamedTuple

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

Tone = Literal["neutral", "pine", "amber", "brick"]
Shape = Literal["ring", "half", "dot", "triangle", "square", "dash", "pause"]

_LAST_OF_DAY = time(23, 59, 59)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class Status(NamedTuple):
    """How a state looks: a word, a colour and a shape, so that none of them is needed alone."""

    word: str | Promise
    tone: Tone = "neutral"
    shape: Shape = "ring"


class DueLabel(NamedTuple):
    """A due time in words; ``exact`` is shown on demand."""

    text: str
    state: Literal["late", "today", "later", "met", "met_late"]
    exact: str
    iso: str


def due_words(due: datetime, now: datetime, zone: tzinfo) -> DueLabel:
    """Say when something is due, or how late it is.

    Args:
        due: the last second that still counts, aware.
        now: aware; a fraction of a second is not late.
        zone: the office's zone; days are its days.
    """
    local_due, local_now = due.astimezone(zone), now.astimezone(zone).replace(microsecond=0)
    if local_now > local_due:
        return _label(gettext("逾期 %(span)s") % {"span": _lateness(local_due, local_now)}, "late", local_due)
    left = local_due - local_now
    if left < _HOUR:
        return _label(gettext("还剩 %(span)s") % {"span": _span(left)}, "today", local_due)
    day = day_words(local_due.date(), local_now.date())
    if local_due.time() == _LAST_OF_DAY:
        text = gettext("%(day)s内") % {"day": day}
    else:
        text = gettext("%(day)s %(time)s 前") % {"day": day, "time": f"{local_due:%H:%M}"}
    return _label(text, "today" if local_due.date() == local_now.date() else "later", local_due)


def met_words(due: datetime, met_at: datetime, zone: tzinfo) -> DueLabel:
    """Say whether a fulfilled duty was fulfilled in time, or how late; arguments as in ``due_words``."""
    local_due, local_met = due.astimezone(zone), met_at.astimezone(zone).replace(microsecond=0)
    if local_met <= local_due:
        return _label(gettext("按时完成"), "met", local_due)
    text = gettext("已完成，迟 %(span)s") % {"span": _lateness(local_due, local_met)}
    return _label(text, "met_late", local_due)


def day_words(day: date, today: date) -> str:
    """Say a day as seen from ``today``; the year is named where it is another one."""
    near = {
        -1: gettext("昨天"),
        0: gettext("今天"),
        1: gettext("明天"),
        2: gettext("后天"),
    }.get((day - today).days)
    if near:
        return near
    if day.year != today.year:
        return date_format(day, "DATE_FORMAT")
    words = {"date": date_format(day, pgettext("format of a date", "n月j日")), "weekday": weekday_words(day)}
    return gettext("%(date)s %(weekday)s") % words


def weekday_words(day: date) -> str:
    """Say a weekday in short."""
    return (
        gettext("周一"),
        gettext("周二"),
        gettext("周三"),
        gettext("周四"),
        gettext("周五"),
        gettext("周六"),
        gettext("周日"),
    )[day.weekday()]


def date_words(day: date) -> str:
    """Say a day in full with its weekday, as a heading does: 11月22日 周日, Sunday 22 November."""
    weekday = (
        pgettext("heading", "周一"),
        pgettext("heading", "周二"),
        pgettext("heading", "周三"),
        pgettext("heading", "周四"),
        pgettext("heading", "周五"),
        pgettext("heading", "周六"),
        pgettext("heading", "周日"),
    )[day.weekday()]
    date_in_year = date_format(day, pgettext("format of a date", "n月j日"))
    return gettext("%(date)s %(weekday)s") % {"date": date_in_year, "weekday": weekday}


def moment_words(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """Say when something happened, to the minute."""
    local = moment.astimezone(zone)
    day = day_words(local.date(), now.astimezone(zone).date())
    return f"{day} {local:%H:%M}"


def exact_words(moment: datetime, zone: tzinfo) -> str:
    """Return a moment in full, to the minute, with its weekday."""
    local = moment.astimezone(zone)
    return f"{local:%Y-%m-%d} {weekday_words(local)} {local:%H:%M}"


def _label(text: str, state: Literal["late", "today", "later", "met", "met_late"], due: datetime) -> DueLabel:
    assert due.tzinfo is not None
    return DueLabel(text, state, exact_words(due, due.tzinfo), due.isoformat(timespec="seconds"))


def _lateness(due: datetime, then: datetime) -> str:
    """What ended with a day is late by whole days from the next morning on; else by the clock."""
    if due.time() == _LAST_OF_DAY:
        return _days((then.date() - due.date()).days)
    return _span(then - due)


def _span(span: timedelta) -> str:
    if span < _HOUR:
        minutes = max(1, int(span.total_seconds()) // 60)
        return ngettext("%(n)d 分钟", "%(n)d 分钟", minutes) % {"n": minutes}
    if span < _DAY:
        hours = int(span.total_seconds()) // 3600
        return ngettext("%(n)d 小时", "%(n)d 小时", hours) % {"n": hours}
    return _days(span.days)


def _days(days: int) -> str:
    return ngettext("%(n)d 天", "%(n)d 天", days) % {"n": days}


REFUSALS = {
    "database.busy": _(
        "数据库里有别的事占着要改的表，让了 %(tries)s 次都没轮到，已经改好的不会丢。"
        "请等备份、导出等长的操作做完，或在人少的时候，再运行一次 hemu migrate。"
    ),
    "database.behind": _(
        "数据库还没有更新到这个版本。请先 hemu backup 文件，再 hemu migrate；make up 自己会这样做。"
    ),
    "database.ahead": _("数据库已经由更新的版本用过。请换回那个版本，或把升级前的备份恢复到一个空库。"),
    "server.failed": _("我们这边出错了，已经记下来。请过一会儿带着同一把钥匙再试。"),
    "server.away": _("系统正在恢复。请过几秒带着同一把钥匙再试：已经办成的不会办两遍。"),
    "server.full": _("服务器的磁盘满了，请告诉管理员。"),
    "server.unreadable": _("请求读不出来。"),
    "command.file": _("“%(file)s”打不开或写不进去（%(reason)s）。"),
    "backup.unwritable": _("备份文件“%(file)s”写不进去（%(reason)s）。请换一个位置。"),
    "server.no_https": _("没有打开 https：业主的手机号会明文经过网络。请设 HEMU_HTTPS=1，放在反向代理之后。"),
    "server.any_host": _("HEMU_ALLOWED_HOSTS 要写明域名。"),
    "server.no_proxy": _("HEMU_TRUSTED_PROXIES 要写明反向代理的地址，否则所有人看来都是同一个地址。"),
    "server.no_url": _("HEMU_URL 要写业主打开本系统的 https 网址，否则发出的消息不带链接。"),
    "server.time_zone": _("时区不是 %(wanted)s，期限会算错。"),
    "server.log_words": _("HEMU_LOG=full 会把业主的话写进日志，只能在开发者自己的电脑上用。"),
    "server.open_file": _("“%(file)s”别的用户也能读写。请 chmod o-rwx。"),
    "server.demonstration": _("载入过示范小区，示范账号的密码人人知道。请用空库（HEMU_DEMO=0）。"),
    "server.database": _("连不上数据库。请核对 DATABASE_URL。"),
    "server.behind": _("数据库还没有建好或没有更新到这个版本。请运行 hemu migrate。"),
    "server.no_worker": _("五分钟没有后台进程的消息。请启动 hemu worker。"),
    "server.no_backup": _(
        "%(hours)s 小时内没有完整的备份。请核对备份的定时任务，或现在就 hemu backup 文件。"
    ),
    "server.not_durable": _("PostgreSQL 的 %(setting)s 关着：断电会丢掉已经答复的登记。"),
    "restore.not_empty": _("恢复只能写进空库。请换一个空的 HEMU_HOME 或 DATABASE_URL。"),
    "restore.other_version": _("备份文件“%(file)s”是另一个版本做的。请用做备份的那个版本恢复，再升级。"),
    "restore.unreadable": _("备份文件“%(file)s”打不开或不完整。"),
    "restore.other_root": _("恢复后的台账与备份不一致，没有保存。备份的封存根是 %(expected)s。"),
}
