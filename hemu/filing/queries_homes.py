"""The owner's file (业主档案) of a home: what it holds in order, and what of the list it lacks (004 L103 档案管理)."""

from dataclasses import dataclass

from hemu.access.actors import Actor
from hemu.estate.models import Home
from hemu.filing.models import Item
from hemu.filing.queries import without_hidden
from hemu.filing.rules import PIECE_CODES, missing_in

MOST = 500
PIECES_SAID = {
    "handover": "交房流程表",
    "household": "业主家庭情况一览表",
    "warranty": "商品住宅质量保证书",
    "identity": "身份证复印件",
    "inspection": "业主交房验房表",
    "deed": "办理房产证流程表",
    "renovation": "装修手续",
    "completion": "装修完工验收表",
}
"""How the source calls the papers that belong in the file."""


@dataclass(frozen=True)
class HomeFile:
    """What a home's file holds: the papers of the list first, then the others by their day; and what is missing."""

    items: list[Item]
    missing: list[str]


def home_file(home: Home, *, by: Actor | None) -> HomeFile:
    """Return the file of a home, the newest 500 items of it.

    Statements: two, and what is kept from this person.
    """
    rows = Item.objects.filter(home=home)
    if by is not None:
        rows = without_hidden(by, rows)
    found = list(rows.prefetch_related("files").order_by("-dated", "-id")[:MOST])
    pieces = {each.piece for each in found if each.piece and not each.disposed_at}
    place = {code: at for at, code in enumerate(PIECE_CODES)}
    found.sort(key=lambda each: (place.get(each.piece, len(place)), each.dated, each.id))
    return HomeFile(found, missing_in(pieces))
