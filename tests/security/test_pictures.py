"""What a picture may cost before it is refused, and that the verdicts on uploads would see what is let through (B6)."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFile

from hemu.attachments.operations import showing
from hemu.attachments.operations.showing import showing_of
from hemu.attachments.rules import LAYERED_PIXELS, media_of
from hemu.attachments.rules_pieces import MOST_PIECES, MOST_SCANS
from hemu.attachments.tests.samples import pieces_of_png, scans_of_jpeg
from hemu.foundation.errors import RuleViolation
from tests.security.figures import Tried
from tests.security.test_uploads import BAD, GOOD, marks_in


def flat(width: int, height: int) -> bytes:
    """Return a whole, valid picture of one colour: few bytes, many pixels."""
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


def layered(width: int, height: int) -> bytes:
    """Return a whole, valid JPEG of one colour that goes over its pixels several times."""
    out = io.BytesIO()
    Image.new("L", (width, height)).save(out, "JPEG", progressive=True)
    return out.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "claims 900 million": lambda: BAD["a bomb"],
    "claims two thousand million in a row": lambda: BAD["a wide bomb"],
    "is one row over": lambda: flat(7_000, 4_001),
    "is one column of 40 million": lambda: flat(1, 40_000_000),
    "goes over a few too many several times": lambda: layered(5_000, 4_001),
}
CUT_UP: dict[str, Callable[[], bytes]] = {
    "goes over its pixels once too often": lambda: scans_of_jpeg(MOST_SCANS + 1),
    "goes over its pixels a hundred thousand times": lambda: scans_of_jpeg(100_000),
    "is one piece over": lambda: pieces_of_png(MOST_PIECES + 1),
    "is a million pieces": lambda: pieces_of_png(1_000_000),
}
"""How each is made: only where it is tried, not in every process that reads this file."""
GROWS_BY_MB, TAKES_SECONDS = 200, 30
"""Bounds for any machine; on two busy cores the worst that was found took 1.2 seconds and 151 MB."""


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
    data = BOMBS[name]()
    assert len(data) < 100_000
    assert (refusal(data), decoded) == ("file.too_many_pixels", [])
    tried("files handed in", 1)


@pytest.mark.parametrize("name", sorted(CUT_UP))
def test_what_is_cut_into_too_many_pieces_is_refused_before_a_decoder_sees_it(
    name: str, decoded: list[Any], tried: Tried
) -> None:
    assert (refusal(CUT_UP[name]()), decoded) == ("file.broken", [])
    tried("files handed in", 1)


def test_as_many_pieces_as_programs_make_are_read() -> None:
    for data in (scans_of_jpeg(MOST_SCANS), pieces_of_png(MOST_PIECES - 1)):
        assert showing_of(media_of(data), data).width == 40


def biggest(folder: Path) -> list[str]:
    """Write the costliest pictures that are taken, and return their paths; a JPEG without layers costs a third of them."""
    out = {
        "png": ("RGBA", (7_000, 4_000), {"compress_level": 1}),
        "webp": ("RGBA", (2_800, 2_500), {"lossless": True, "method": 0}),
        "layered.jpeg": ("RGB", (5_000, LAYERED_PIXELS // 5_000), {"progressive": True, "subsampling": 0}),
    }
    for name, (mode, size, options) in out.items():
        Image.new(mode, size).save(folder / name, name.rpartition(".")[2], **options)
    return [str(folder / name) for name in out]


def test_the_costliest_that_is_taken_is_bounded(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.security.cost", *biggest(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    spent = {name: (seconds, grew) for name, seconds, grew in map(json.loads, done.stdout.splitlines())}
    assert set(spent) == {"png", "webp", "layered.jpeg"}
    assert max(seconds for seconds, _ in spent.values()) < TAKES_SECONDS
    assert max(grew for _, grew in spent.values()) < GROWS_BY_MB, spent
    assert spent["png"][1] > 7_000 * 4_000 * 4 / 2**20  # what is unpacked whole is seen by the meter


def test_without_the_limit_it_would_be_decoded(decoded: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the limit taken away, the decoder is asked for every pixel of what is no more than a big picture."""
    monkeypatch.setattr(showing, "pixels_fit", lambda media, width, height, layered: None)
    assert refusal(BOMBS["is one row over"]()) == "file.broken"
    assert decoded == [(7_000, 4_001)]


@pytest.mark.parametrize("name", sorted(GOOD))
def test_what_is_not_drawn_anew_would_be_seen(name: str) -> None:
    """The control of what is shown: the bytes as they were handed in do not pass the verdict, those drawn anew do."""
    data = GOOD[name]
    assert marks_in(data)
    assert not marks_in(showing_of(media_of(data), data).data)
