"""What a picture may cost before it is refused, and that the verdicts on uploads would see what is let through (B6)."""

import io
from typing import Any

import pytest
from PIL import Image, ImageFile

from hemu.attachments.operations import showing
from hemu.attachments.operations.showing import showing_of
from hemu.attachments.rules import MEDIA, media_of
from hemu.foundation.errors import RuleViolation
from tests.security.figures import Tried
from tests.security.test_uploads import BAD, GOOD, marks_in


def flat(width: int, height: int) -> bytes:
    """Return a whole, valid picture of one colour: few bytes, many pixels."""
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


BOMBS = {
    "claims 900 million": BAD["a bomb"],
    "claims two thousand million in a row": BAD["a wide bomb"],
    "is one row over": flat(6_000, 6_001),
    "is one column of 40 million": flat(1, 40_000_000),
}


class Decoding(Exception):
    """A decoder was asked to make pixels."""


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Return the sizes of the pictures whose pixels were asked for; none are made."""
    asked: list[tuple[int, int]] = []

    def load(self: Any) -> None:
        asked.append(self.size)
        raise Decoding

    monkeypatch.setattr(ImageFile.ImageFile, "load", load)
    return asked


def refusal(data: bytes) -> str:
    with pytest.raises(RuleViolation) as refused:
        showing_of(media_of(data), data)
    return refused.value.code


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_a_bomb_is_refused_before_a_pixel_is_made(name: str, decoded: list[Any], tried: Tried) -> None:
    assert len(BOMBS[name]) < 100_000
    assert (refusal(BOMBS[name]), decoded) == ("file.too_many_pixels", [])
    tried("files handed in", 1)


def test_without_the_limit_it_would_be_decoded(decoded: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the limit taken away, the decoder is asked for every pixel of what is no more than a big picture."""
    monkeypatch.setattr(showing, "pixels_fit", lambda media, width, height: None)
    assert refusal(BOMBS["is one row over"]) == "file.broken"
    assert decoded == [(6_000, 6_001)]


def test_the_largest_that_is_taken_is_bounded() -> None:
    """What may be decoded at all takes at most four bytes a pixel: a quarter of a thousand million bytes."""
    assert max(each.most_pixels for each in MEDIA.values()) * 4 <= 256_000_000


@pytest.mark.parametrize("name", sorted(GOOD))
def test_what_is_not_drawn_anew_would_be_seen(name: str) -> None:
    """The control of what is shown: the bytes as they were handed in do not pass the verdict, those drawn anew do."""
    data = GOOD[name]
    assert marks_in(data)
    assert not marks_in(showing_of(media_of(data), data).data)
