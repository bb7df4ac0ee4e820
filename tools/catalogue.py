"""The English catalogue against the Chinese texts that stand in Python and templates.

`python -m tools.catalogue update` writes what is new into the catalogue, empty, and takes out what is gone;
`problems()` says what is missing, left over or different in its placeholders.
"""

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

CHECKOUT = Path(__file__).resolve().parents[1]
HOUSE = CHECKOUT / "hemu"
ENGLISH = HOUSE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
CALL_IN_TEMPLATE = re.compile(r"\b(?:_|n?p?gettext)\(")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!\{)\{(\w*)\}(?!\})")
HEADER = "# English for the Chinese texts of Hemu. `python -m tools.catalogue update` adds what is new."

Found = tuple[str | tuple[str, ...], str | None]


def sources() -> list[Path]:
    """Return the files whose texts a person may see, in a steady order: no tests, no migrations."""
    files = [*HOUSE.rglob("*.py"), *HOUSE.rglob("*.html"), *HOUSE.rglob("*.txt")]
    return sorted(path for path in files if not {"tests", "migrations"} & set(path.parts))


def messages_of(path: Path) -> Iterator[tuple[int, Found]]:
    """Yield line, message (one text, or singular and plural) and context of each text to translate in a file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from messages_of_python(text)
        return
    for number, line in enumerate(templatize(text).splitlines(), start=1):
        for call in CALL_IN_TEMPLATE.finditer(line):
            yield from ((number, found) for _, found in messages_of_python(call_at(line, call.start())))


def messages_of_python(text: str) -> Iterator[tuple[int, Found]]:
    for number, found, _, context in extract("python", BytesIO(text.encode()), keywords=KEYWORDS):
        yield number, (found, context)


def call_at(line: str, start: int) -> str:
    """Return the call that starts there, cut at the first parenthesis that makes it whole."""
    for end in re.finditer(r"\)", line[start:]):
        piece = line[start : start + end.end()]
        try:
            ast.parse(piece, mode="eval")
        except SyntaxError:
            continue
        return piece
    return ""


def used() -> Catalog:
    """Return the catalogue of all texts in the sources, without translations."""
    catalog = Catalog(locale="en", charset="utf-8")
    for path in sources():
        name = path.relative_to(CHECKOUT).as_posix()
        for number, (found, context) in messages_of(path):
            catalog.add(found, locations=[(name, number)], context=context)
    return catalog


def english() -> Catalog:
    if not ENGLISH.exists():
        return Catalog(locale="en", charset="utf-8")
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def problems() -> list[str]:
    """Return one line for each text without English, each left over, each whose placeholders differ."""
    wanted, have = used(), english()
    found = [
        f"left over: {key(message)}" for message in have if message.id and not in_catalog(wanted, message)
    ]
    found += [f"obsolete: {message}" for message in have.obsolete]
    for message in wanted:
        if not message.id:
            continue
        translated = have.get(message_id(message), message.context)
        if translated is None or translated.fuzzy or not all(texts(translated.string)):
            where = ", ".join(f"{name}:{number}" for name, number in message.locations[:2])
            found.append(f"no English: {key(message)} ({where})")
        elif not has_same_placeholders(message, texts(translated.string)):
            found.append(f"placeholders differ: {key(message)}")
    return found


def in_catalog(catalog: Catalog, message: Message) -> bool:
    return catalog.get(message_id(message), message.context) is not None


def message_id(message: Message) -> str:
    return texts(message.id)[0]


def key(message: Message) -> str:
    return message_id(message).replace("\n", "⏎")


def texts(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [""])


def has_same_placeholders(message: Message, translations: list[str]) -> bool:
    """Tell whether no translation invents a placeholder and the last, the plural, has them all."""
    wanted = placeholders_of(message)
    return (
        all(placeholders(text) <= wanted for text in translations)
        and placeholders(translations[-1]) == wanted
    )


def placeholders_of(message: Message) -> set[str]:
    return set().union(*(placeholders(text) for text in texts(message.id)))


def placeholders(text: str) -> set[str]:
    return {named or braced for named, braced in PLACEHOLDER.findall(text)}


def update() -> int:
    """Write the catalogue anew: old translations kept, new texts empty, those no longer used gone."""
    catalog, have = used(), english()
    catalog.header_comment = HEADER
    missing = 0
    for message in catalog:
        known = have.get(message_id(message), message.context) if message.id else None
        if known is not None and known.pluralizable == message.pluralizable:
            message.string = known.string
        missing += bool(message.id) and not all(texts(message.string))
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as file:
        write_po(file, catalog, width=110, include_lineno=False, omit_header=False)
    drop_dates()
    return missing


def drop_dates() -> None:
    """Take out the header's dates: they would change with every update and tell nothing."""
    lines = ENGLISH.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = (line for line in lines if not line.startswith(('"POT-Creation-Date', '"PO-Revision-Date')))
    ENGLISH.write_text("".join(kept), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["update"]:
        sys.exit("python -m tools.catalogue update")
    print(f"{ENGLISH.relative_to(CHECKOUT)}: {update()} texts wait for English")
