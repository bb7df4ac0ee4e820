"""The reply letter: which fields it has, and the letter of the house that offices may change in Word."""

from collections.abc import Sequence
from datetime import date

from hemu.papers.letters import plain_letter
from hemu.papers.rules import chinese_date
from hemu.request_papers.forms.case import CaseOnPaper, House

FIELDS = (
    "编号",
    "称呼",
    "房号",
    "反映时间",
    "反映方式",
    "反映内容",
    "答复",
    "约定",
    "公司",
    "管理处",
    "小区",
    "日期",
)
NEEDED = ("编号", "答复")


def house_letter() -> bytes:
    """Return the letter that comes with the house."""
    return plain_letter(
        title="关于您反映事项的答复",
        above="编号：{{编号}}",
        greeting="{{称呼}}：",
        body=(
            "您好！您于{{反映时间}}通过{{反映方式}}反映：“{{反映内容}}”。现答复如下：",
            "{{答复}}",
            "{{约定}}如对以上答复有疑问，或事情仍未解决，请随时与我们联系，我们接着办。感谢您对{{小区}}物业服务工作的关心和监督。",
        ),
        closing=("{{公司}}", "{{管理处}}", "{{日期}}"),
    )


def fields(house: House, case: CaseOnPaper, *, promised: Sequence[str], day: date) -> dict[str, str]:
    """Return what stands in the fields.

    Args:
        promised: what is promised and still to come, each with its time.
        day: of the letter.
    """
    name = case.answered or case.name
    named = name if name and name != "匿名" else "业主（住户）"
    return {
        "编号": case.number,
        "称呼": f"尊敬的{named}",
        "房号": case.room,
        "反映时间": case.happened,
        "反映方式": case.channel,
        "反映内容": case.text,
        "答复": case.told,
        "约定": f"我们与您约定：{'；'.join(promised)}。" if promised else "",
        "公司": house.company,
        "管理处": house.office,
        "小区": house.community,
        "日期": chinese_date(day),
    }
