"""What the papers of a meeting say, put together from what was entered. Papers are Chinese."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from hemu.committee.queries import quorum_of
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.meetings.models import Meeting, Outcome, Topic

NAMES = {"routine": "季度例行沟通会", "special": "专题会议", "half_year_visit": "半年度工作汇报会"}
POSTS = {"chair": "主任", "vice": "副主任", "member": "委员"}
RESULTS = {"done": "已落实", "under_way": "正在落实", "not_done": "未落实"}
WEEKDAYS = "一二三四五六日"


def said(moment: datetime) -> str:
    """Return a moment as papers write it."""
    local = moment.astimezone(OFFICE_ZONE)
    return f"{local.year}年{local.month}月{local.day}日（星期{WEEKDAYS[local.weekday()]}）{local:%H:%M}"


def agenda_words(meeting: Meeting, topics: Sequence[Topic]) -> tuple[str, str]:
    """Return title and body of the notice that tells owners of a meeting (OC-16, OC-17)."""
    title = f"关于召开业主委员会{NAMES[meeting.kind]}的通知"
    listed = [f"{number}．{topic.title}" for number, topic in enumerate(topics, start=1)]
    body = [
        "各位业主：",
        f"定于{said(meeting.starts_at)}在{meeting.place}召开{meeting.community.name}业主委员会{NAMES[meeting.kind]}，讨论：",
        *listed,
        "对以上议题有意见或建议的业主，请在本通知张贴后十日内书面告知管理处，也可以用手机在业主入口里写。"
        "收到的意见都带到会上讨论。",
    ]
    return title, "\n".join(body)


def minutes_words(meeting: Meeting) -> tuple[str, str]:
    """Return title and body of the minutes, decision by decision (OC-19)."""
    title = f"{meeting.community.name}业主委员会{NAMES[meeting.kind]}纪要"
    topics = list(meeting.topics.order_by("position", "id").prefetch_related("opinions"))
    outcomes = list(meeting.outcomes.select_related("responsible").order_by("id"))
    body = [f"时间：{said(meeting.starts_at)}", f"地点：{meeting.place}", *_present(meeting)]
    body += _carried(meeting)
    for number, topic in enumerate(topics, start=1):
        body.append(f"议题{number}　{topic.title}")
        count = len(topic.opinions.all())
        if count:
            body.append(f"会前收到业主书面意见{count}件，已带到会上讨论。")
        if topic.discussion:
            body.append(topic.discussion)
        body += _outcomes(each for each in outcomes if each.topic_id == topic.id)
    rest = [each for each in outcomes if each.topic_id is None]
    if rest:
        body += ["其他", *_outcomes(rest)]
    return title, "\n".join(body)


def _present(meeting: Meeting) -> list[str]:
    there = [
        f"{each.member.person.name}（{POSTS[each.member.post]}）"
        for each in meeting.attendances.filter(signed_at__isnull=False)
        .select_related("member__person")
        .order_by("signed_at", "id")
    ]
    needed = quorum_of(meeting.community, on=office_day(meeting.starts_at))
    enough = "达到" if len(there) >= needed else "未达到"
    return [f"出席委员：{'、'.join(there) or '（无）'}", f"签到{len(there)}人，{enough}法定人数{needed}人。"]


def _carried(meeting: Meeting) -> list[str]:
    back = meeting.reported.order_by("id")
    lines = [f"{each.text}　——{RESULTS[each.result]}。{each.report}" for each in back]
    return ["上次会议决议、建议的落实：", *lines] if lines else []


def _outcomes(outcomes: Iterable[Outcome]) -> list[str]:
    words = {"resolution": "决议", "suggestion": "建议"}
    return [
        f"{words[each.kind]}：{each.text}（{each.responsible.name}负责，"
        f"{each.do_by.astimezone(OFFICE_ZONE):%Y-%m-%d}前完成）"
        for each in outcomes
    ]
