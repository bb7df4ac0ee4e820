"""Reading what was copied out of a chat group: who says what, and which home a nickname names.

Owners put their room into the name they bear in a group: ``3-2-1201 张``, ``3栋2单元1201张女士``, ``1201业主``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hemu.estate.roster.characters import half_width

MOST_TEXT = 20_000
MOST_DRAFTS = 30

_BLOCK = r"(?:[0-9]{1,2}|[A-Z])"
_UNIT = r"[0-9]{1,2}"
_DOOR = r"[0-9]{3,4}[A-Z]?"
_GAP = r"\s*[-_/\\.·~—]\s*"
_ROOMS = tuple(
    re.compile(rf"(?<![0-9A-Z]){pattern}(?:室|房|号)?(?![0-9])")
    for pattern in (
        rf"(?P<b>{_BLOCK})\s*(?:号楼|栋|幢|座|#楼|#|号)\s*-?\s*(?:(?P<u>{_UNIT})\s*(?:单元|门|-)\s*-?\s*)?(?:[0-9]{{1,2}}(?:楼|层))?\s*(?P<r>{_DOOR})",
        rf"(?P<b>{_BLOCK}){_GAP}(?P<u>{_UNIT}){_GAP}(?P<r>{_DOOR})",
        rf"(?P<b>{_BLOCK}){_GAP}(?P<r>{_DOOR})",
        r"(?P<b>[A-Z])(?P<r>[0-9]{3,4})",
        rf"(?P<b>[0-9]{{1,2}})\s+(?P<u>{_UNIT})\s+(?P<r>{_DOOR})",
        rf"(?P<r>{_DOOR})",
    )
)
_COUNTED = dict(zip("一二三四五六七八九", "123456789", strict=True)) | {"十": "10"}
_COUNT_BEFORE = re.compile(r"(十[一二三四五六七八九]?|[一二三四五六七八九])(?=号楼|栋|幢|座|单元)")
_ROLE = re.compile(r"业主本人|业主|住户|户主|房东|租户|租客|家属|本人|的")
_NAME = re.compile(r"(?:小|老|阿)?[\u4e00-\u9fff·]{1,4}(?:先生|女士|小姐|阿姨|叔叔|大爷|师傅|老师|姐|哥)?")
_OFFICE = re.compile(r"物业|管家|客服|管理处|前台|项目经理|工程部|保安队|秩序")

_DATE = r"(?:(?:20[0-9]{2}[-/.年])?[0-9]{1,2}[-/.月][0-9]{1,2}日?|昨天|今天|前天|星期[一二三四五六日天]|周[一二三四五六日])"
_TIME = r"(?:[上下]午|凌晨|早上|晚上|中午)?\s?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
_WHO_AND_WHEN = re.compile(rf"(?P<who>\S.{{0,39}}?)(?:\([0-9]{{5,12}}\))?\s+(?:{_DATE}\s*)?(?P<time>{_TIME})")
_WHEN_AND_WHO = re.compile(rf"\[?(?:{_DATE}\s*)?(?P<time>{_TIME})\]?\s+(?P<who>\S.{{0,39}}?)[:：]?")
_WHO_ALONE = re.compile(r"(?P<who>\S.{0,39}?)\s?[:：]")
_WHO_AND_WORDS = re.compile(r"(?P<who>[^:：\s][^:：]{0,29}?)\s?[:：]\s?(?P<words>\S.*)")
_ONLY_WHEN = re.compile(rf"[—-]*\s*(?:{_DATE}\s*)?{_TIME}\s*[—-]*|[—-]+\s*{_DATE}\s*[—-]+")
_NOT_WORDS = re.compile(
    r"\[(?:图片|照片|视频|语音|动画表情|表情|文件|链接|Photo|Image|Voice|Video|Sticker)\]", re.IGNORECASE
)


@dataclass(frozen=True)
class Speaker:
    """Whom a nickname names: the room as it may be looked up, the name, and whether it is one of the office's own."""

    nickname: str
    room: str = ""
    name: str = ""
    of_office: bool = False


@dataclass(frozen=True)
class Said:
    """What one speaker said, in the order of the paste; ``pictures`` stand there that have to be pasted as such."""

    speaker: Speaker
    words: str
    pictures: int = 0


def speaker_of(nickname: str) -> Speaker:
    """Return whom a nickname names; without a room or a name in it those stay empty."""
    shown = nickname.strip().lstrip("@")
    plain = _COUNT_BEFORE.sub(lambda found: _number(found[1]), half_width(shown).upper())
    for pattern in _ROOMS:
        if found := pattern.search(plain):
            parts = found.groupdict()
            room = "-".join(_token(parts[each]) for each in ("b", "u", "r") if parts.get(each))
            return Speaker(
                shown, room, _name(plain[: found.start()], plain[found.end() :]), _is_office(shown)
            )
    return Speaker(shown, "", _name("", plain) if _ROLE.search(plain) else "", _is_office(shown))


def _is_office(nickname: str) -> bool:
    return bool(_OFFICE.search(nickname)) and "业主" not in nickname


def _number(counted: str) -> str:
    return "".join(_COUNTED[each] for each in counted) if len(counted) == 1 else f"1{_COUNTED[counted[1]]}"


def _token(part: str) -> str:
    return part.lstrip("0") or part


def _name(before: str, after: str) -> str:
    """Return the first name that stands beside the room, the one behind it first."""
    for side in (after, before):
        if found := _NAME.search(_ROLE.sub(" ", side)):
            return found[0].strip("·")
    return ""


def read_paste(text: str) -> list[Said]:
    """Return what was said by whom, the messages of one speaker put together; 30 speakers at most.

    Three ways of copying are known: a line with the name and the time, a line with the name and a colon, and name,
    colon and words in one line. Lines before the first name belong to nobody: a speaker without a nickname.
    """
    told: dict[str, list[str]] = {}
    lines = [line.strip() for line in text[:MOST_TEXT].splitlines()]
    who = ""
    for number, line in enumerate(lines):
        if not line or _ONLY_WHEN.fullmatch(line):
            continue
        named, words = _head(line, following=lines[number + 1 : number + 2])
        who = who if named is None else named
        if words:
            told.setdefault(who, []).append(words)
    said = (_said(nickname, words) for nickname, words in told.items())
    return [each for each in said if each.words or each.pictures][:MOST_DRAFTS]


def _head(line: str, *, following: list[str]) -> tuple[str | None, str]:
    """Return the speaker that a line names (None: it names none) and the words in it."""
    if (found := _WHO_AND_WHEN.fullmatch(line)) or (found := _WHEN_AND_WHO.fullmatch(line)):
        return found["who"].strip(), ""
    if (found := _WHO_ALONE.fullmatch(line)) and any(following):
        return found["who"], ""
    # In one line only a name with a room counts: owners write colons too.
    if (found := _WHO_AND_WORDS.fullmatch(line)) and _names_somebody(found["who"]):
        return found["who"], found["words"]
    return None, line


def _names_somebody(nickname: str) -> bool:
    speaker = speaker_of(nickname)
    return bool(speaker.room) or speaker.of_office or "业主" in nickname


def _said(nickname: str, lines: Iterable[str]) -> Said:
    whole = "\n".join(lines)
    words = "\n".join(filter(None, (each.strip() for each in _NOT_WORDS.sub("", whole).splitlines())))
    return Said(speaker_of(nickname), words, len(_NOT_WORDS.findall(whole)))
