"""Pictures of the demonstration, drawn when they are wanted: a pipe under a sink, the slip at a door, a signature."""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

SIZE = (800, 600)
WALL, PIPE, WATER, PAPER, INK = "#d9d4c7", "#8a8f94", "#5b8fb0", "#fbf8ef", "#2b3a36"
Draw = ImageDraw.ImageDraw


def drawn(use: str) -> bytes:
    """Return a small picture for a use of a file, as PNG."""
    picture = Image.new("RGB", SIZE, "white" if use == "signature" else WALL)
    MOTIFS[use](ImageDraw.Draw(picture))
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def _pipe(draw: Draw) -> None:
    for x in range(0, SIZE[0], 100):
        draw.line([(x, 0), (x, SIZE[1])], fill="#cbc5b6", width=3)
    draw.rectangle([340, 0, 420, 300], fill=PIPE)
    draw.rectangle([340, 220, 700, 300], fill=PIPE)
    draw.rectangle([320, 200, 440, 320], fill="#6f757b")


def _leak(draw: Draw) -> None:
    _pipe(draw)
    for x, y in ((350, 360), (385, 430), (360, 500)):
        draw.polygon([(x, y - 36), (x - 18, y), (x + 18, y)], fill=WATER)
        draw.ellipse([x - 18, y - 14, x + 18, y + 22], fill=WATER)
    draw.ellipse([210, 540, 560, 596], fill=WATER)


def _mended(draw: Draw) -> None:
    _pipe(draw)
    draw.rectangle([312, 240, 448, 276], fill="#c7a24a")


def _slip(draw: Draw) -> None:
    draw.rectangle([150, 0, 650, 600], fill="#7a5b3f")
    draw.ellipse([570, 300, 616, 346], fill="#c7a24a")
    draw.rectangle([270, 160, 520, 420], fill=PAPER)
    for y in range(200, 400, 36):
        draw.line([(300, y), (490, y)], fill=INK, width=5)


def _board(draw: Draw) -> None:
    draw.rectangle([60, 40, 740, 560], fill="#3f6b52")
    draw.rectangle([80, 60, 720, 540], fill="#d9cdb4")
    draw.rectangle([300, 110, 500, 400], fill=PAPER)
    draw.line([(330, 150), (470, 150)], fill="#b3261e", width=9)
    for y in range(200, 380, 30):
        draw.line([(325, y), (475, y)], fill=INK, width=4)


def _letter(draw: Draw) -> None:
    draw.rectangle([190, 20, 610, 580], fill=PAPER)
    draw.line([(280, 90), (520, 90)], fill="#b3261e", width=12)
    for y in range(160, 440, 36):
        draw.line([(240, y), (560, y)], fill=INK, width=5)
    draw.ellipse([430, 440, 550, 560], outline="#b3261e", width=8)


def _signature(draw: Draw) -> None:
    draw.line(
        [(120, 360), (200, 220), (240, 400), (320, 250), (380, 380), (470, 260), (520, 350), (680, 290)],
        fill=INK, width=9, joint="curve",
    )  # fmt: skip


MOTIFS: dict[str, Callable[[Draw], None]] = {
    "photo": _leak,
    "before": _leak,
    "after": _mended,
    "slip": _slip,
    "board": _board,
    "letter": _letter,
    "signature": _signature,
}
