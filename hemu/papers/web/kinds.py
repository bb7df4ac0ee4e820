"""What a kind of paper is called: those of the house and those that rooms above declare (``CODES`` of their wording)."""

from django.utils.functional import Promise

from hemu.infra.refusals import code_words


def kind_word(code: str) -> str | Promise:
    """Return the words for a kind of paper."""
    return code_words()["paper_kind"].get(code, code)
