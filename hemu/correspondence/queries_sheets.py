"""What is printed for members without a phone: the slip that receipts a paper, an inquiry with its answers."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation

from hemu.correspondence.models import Answer, Inquiry, Letter
from hemu.correspondence.queries_inquiries import answers_of
from hemu.correspondence.wording import INQUIRY_SORTS, INQUIRY_WAYS, MATTERS, SORTS, UP_TO
from hemu.estate.models import Community, Company
from hemu.infra.moments import OFFICE_ZONE
from hemu.papers.rules import GAP, Paper, Row, choice, label, row, sign, value, words

CHINESE = "zh-hans"
WAYS_TO_TAKE = ("当面签收", "邮寄", "留置")
ANSWERS = ("同意", "不同意", "有意见")


def slip_of(letter: Letter) -> Paper:
    """Return the receipt (送达回执) of a paper to be signed on paper, with room for the committee's answer."""
    document = letter.document
    with translation.override(CHINESE):
        sort, matter = str(SORTS[letter.sort]), str(MATTERS[letter.matter])
    rows = [
        row(label("文书"), words(f"{document.title}（{sort}）", 20, 1)),
        row(label("文号"), value(document.number, 8), label("事项"), words(matter, 8, 1)),
        *_taken(),
    ]
    if letter.sort == "application":
        rows += [
            GAP,
            row(label("业委会答复"), choice(ANSWERS, "", 20)),
            row(label("意见"), words("", 20, 6), height=52),
            row(sign("业主委员会（签字、盖章）", 24), height=24),
        ]
    return Paper(
        title="业主委员会文书送达回执",
        code="OC-11",
        company=_company(),
        marks=_marks(letter.community, document.number),
        rows=tuple(rows),
        before=("请签收人核对文书和附件的份数后签字，本回执由管理处存档。",),
        after=("签收只表示收到，不表示同意文书的内容。",),
    )


def _taken() -> list[Row]:
    return [
        row(label("送达方式"), choice(WAYS_TO_TAKE, "", 20)),
        row(label("签收人"), value("", 8), label("职务"), value("", 8)),
        row(sign("签收人签字", 12), sign("送达人签字", 12), height=24),
    ]


def sheet_of(inquiry: Inquiry) -> Paper:
    """Return an inquiry on paper: what was asked, how it was judged, every answer, and the slip that receipts it."""
    answers = answers_of(inquiry)
    with translation.override(CHINESE):
        sort, way = str(INQUIRY_SORTS[inquiry.sort]), str(INQUIRY_WAYS[inquiry.way])
        rows = [
            row(label("类别"), value(sort, 8), label("来的方式"), value(way, 8)),
            row(
                label("提出人"),
                value(inquiry.member.person.name if inquiry.member else "业主委员会", 8),
                label("收到时间"),
                value(_moment(inquiry.received_at), 8),
            ),
            row(label("内容"), words(inquiry.text, 20, 6), height=30),
            row(label("研究意见"), words(_judged(inquiry), 20, 3)),
            *_answered(answers),
            GAP,
            *_taken(),
            row(label("业委会"), choice(("认可", "没有答复到"), "", 20)),
            row(label("还要答复的"), words("", 20, 3)),
        ]
    return Paper(
        title="业主委员会质询、建议、要求记录及答复",
        code="OC-12",
        company=_company(),
        marks=_marks(inquiry.community, inquiry.number),
        rows=tuple(rows),
        after=("没有答复到的，请写明，管理处从收到之时起重新计时答复。",),
    )


def _judged(inquiry: Inquiry) -> str:
    if inquiry.reasonable is None:
        return ""
    said = "合理" if inquiry.reasonable else "解释说明"
    if inquiry.escalated_to:
        said += f"；管理处不能解决，已上报{UP_TO[inquiry.escalated_to]}"
    return f"{said}。{inquiry.reason}"


def _answered(answers: Sequence[Answer]) -> list[Row]:
    if not answers:
        return [row(label("答复"), words("", 20, 8), height=60)]
    return [
        each
        for answer in answers
        for each in (
            row(label(f"第{answer.round}次答复"), words(answer.text, 20, 4), height=30),
            row(
                label("答复人"),
                value(f"{UP_TO[answer.role]}　{answer.by.name}", 8),
                label("时间"),
                value(_moment(answer.at), 8),
            ),
        )
    ]


def _moment(moment: datetime) -> str:
    return moment.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M")


def _marks(community: Community, number: str) -> tuple[tuple[str, str], ...]:
    return (("管理处", community.office.name), ("小区", community.name), ("编号", number))


def _company() -> str:
    return Company.objects.values_list("name", flat=True).first() or ""
