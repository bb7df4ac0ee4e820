"""The words of how papers are arranged: whose layout it is, chains as people say them."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hemu.estate.wording import ROLES
from hemu.paper_arranging.queries import COMPANY, OFFICE, REGISTER
from hemu.papers.rules_documents import Chain
from hemu.papers.wording import ACTS

REFUSALS = {"layout.no_day": _("日期看不懂，请写成 2026-11-30。")}
WHOSE = {OFFICE: _("本处自己定的"), COMPANY: _("全公司统一的"), REGISTER: _("随系统来的")}


def chain_said(chain: Chain, holders: Mapping[str, Sequence[str]] | None = None) -> list[str]:
    """Return a chain turn by turn in words, with who holds each post where that is known."""
    join = gettext("，同时 ")
    return [join.join(_decider(each.act, each.role, holders) for each in turn) for turn in chain]


def _decider(act: str, role: str, holders: Mapping[str, Sequence[str]] | None) -> str:
    said = f"{ROLES[role]} {ACTS[act]}"
    if holders is None:
        return said
    return f"{said}（{'、'.join(holders.get(role, ())) or gettext('现在没有人')}）"
