"""Chinese that a person would see without a translation: in web modules, wording, commands, templates, scripts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.template.base import Lexer, Token, TokenType

from tools.catalogue import CHECKOUT, HOUSE, KEYWORDS

CHINESE = re.compile(r"[\u3400-\u9fff]")
BILINGUAL = re.compile(r" · ")
SEEN_BY_PEOPLE = {"web", "management", "templatetags"}
NOT_SEEN = {"tests", "migrations", "demo"}
# Rooms that must not import Django carry both languages themselves.
PURE = {"sop", "foundation"}
# The languages' own names are the same in every language.
ITS_OWN_NAME = {"中文"}
SCRIPT_COMMENT = re.compile(r"/\*.*?\*/|(?<![:'\"])//[^\n]*", re.DOTALL)
TRANSLATED_CONSTANT = re.compile(r"_\((\"[^\"]*\"|'[^']*')\)")


def problems() -> list[str]:
    """Return `file:line: text` for each Chinese text outside the translation functions."""
    found = []
    for path in sorted(HOUSE.rglob("*")):
        if not path.is_file() or (NOT_SEEN | PURE) & set(path.relative_to(HOUSE).parts):
            continue
        for line, text in texts_of(path):
            if text.strip() not in ITS_OWN_NAME and not BILINGUAL.search(text):
                found.append(f"{path.relative_to(CHECKOUT)}:{line}: {text.strip()[:40]}")
    return found


def texts_of(path: Path) -> Iterator[tuple[int, str]]:
    if path.suffix == ".py" and (SEEN_BY_PEOPLE & set(path.parts) or path.stem == "wording"):
        yield from texts_of_python(path.read_text(encoding="utf-8"))
    elif path.suffix == ".html":
        yield from texts_of_template(path.read_text(encoding="utf-8"))
    elif path.suffix == ".js":
        yield from texts_of_script(path.read_text(encoding="utf-8"))


def texts_of_python(source: str) -> Iterator[tuple[int, str]]:
    """Yield Chinese literals that are neither docstrings nor arguments of a translation function."""
    tree = ast.parse(source)
    allowed: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            allowed.add(node.value)
        elif isinstance(node, ast.Call) and name_of(node.func) in KEYWORDS:
            allowed.update(node.args)  # a text put together at run time is in no catalogue
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if node not in allowed and CHINESE.search(text):
                yield node.lineno, text


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def texts_of_template(source: str) -> Iterator[tuple[int, str]]:
    """Yield Chinese in plain text and in arguments of tags, outside translate tags and comments."""
    inside = ""
    for token in Lexer(source).tokenize():
        word = token.contents.split()[0] if token.contents.split() else ""
        if token.token_type == TokenType.BLOCK and inside:
            inside = "" if word == f"end{inside}" else inside
        elif token.token_type == TokenType.BLOCK and word in {"blocktranslate", "blocktrans", "comment"}:
            inside = word
        elif not inside and not is_translated(token, word):
            for number, line in enumerate(token.contents.splitlines()):
                if CHINESE.search(TRANSLATED_CONSTANT.sub("", line)):
                    yield (token.lineno or 1) + number, line


def is_translated(token: Token, word: str) -> bool:
    return token.token_type == TokenType.COMMENT or word in {"translate", "trans"}


def texts_of_script(source: str) -> Iterator[tuple[int, str]]:
    """Yield lines of a script with Chinese outside comments: its words come from the page's attributes."""
    without = SCRIPT_COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), source)
    for number, line in enumerate(without.splitlines(), start=1):
        if CHINESE.search(line):
            yield number, line
