"""Making a file fit to be shown: a picture is drawn anew, so that nothing of its bytes and nothing it tells of
place and device reaches anybody; a voice note loses what its container says besides the sound."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

from hemu.attachments.rules import Media, pixels_fit
from hemu.attachments.rules_pieces import is_layered
from hemu.attachments.rules_sound import without_remarks
from hemu.foundation.errors import RuleViolation

SHOWN_PIXELS = 1600
THUMB_PIXELS = 320
QUALITY = 82
STRIP = 64
"""So many rows of the smaller picture are made at a time."""
AVERAGED = ("L", "LA", "RGB", "RGBA")
"""Modes whose pixels can be averaged as they stand."""
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


@dataclass(frozen=True)
class Showing:
    """The copy that people see; thumb, width and height only of a picture."""

    data: bytes
    thumb: bytes = b""
    width: int | None = None
    height: int | None = None


def showing_of(media: Media, data: bytes) -> Showing:
    """Return the copy for showing.

    Raises:
        RuleViolation: ``file.broken``, ``file.too_many_pixels``.
    """
    if media.kind == "picture":
        return _picture(media, data)
    return Showing(without_remarks(media.type, data) if media.kind == "voice" else data)


def _picture(media: Media, data: bytes) -> Showing:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # size is ours to judge; a strange colour table is no error
            picture = _drawn(media, data)
    except RuleViolation:
        raise
    except Image.DecompressionBombError as error:
        raise RuleViolation("file.too_many_pixels", limit=media.most_pixels // 1_000_000) from error
    except Exception as error:  # a decoder fed with hostile bytes raises whatever it likes
        raise RuleViolation("file.broken") from error
    small = picture.copy()
    small.thumbnail((THUMB_PIXELS, THUMB_PIXELS))
    return Showing(_jpeg(picture), _jpeg(small), picture.width, picture.height)


def _drawn(media: Media, data: bytes) -> Image.Image:
    """Return the picture upright, on white, at most 1600 pixels long."""
    layered = is_layered(media, data)
    with Image.open(io.BytesIO(data), formats=[FORMATS[media.type]]) as opened:
        pixels_fit(media, *opened.size, layered=layered)
        opened.draft("RGB", (SHOWN_PIXELS, SHOWN_PIXELS))  # a JPEG is then read at a fraction of its size
        opened.load()
        small = _halved(opened)
        small.thumbnail((SHOWN_PIXELS, SHOWN_PIXELS))
        upright = ImageOps.exif_transpose(small)
        if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
            layer = upright.convert("RGBA")
            ground = Image.new("RGB", layer.size, "white")
            ground.paste(layer, mask=layer.getchannel("A"))
            return ground
        return upright.convert("RGB")


def _halved(picture: Image.Image) -> Image.Image:
    """Return a picture at a half, a third … of its size, no less than is shown.

    It is made in strips: Pillow would otherwise copy all pixels of one that one can see through.
    """
    factor = max(picture.size) // SHOWN_PIXELS
    if factor < 2 or picture.mode not in AVERAGED:
        return picture
    width, height = picture.size
    small = Image.new(picture.mode, (-(-width // factor), -(-height // factor)))
    small.info = picture.info  # which way is up
    for top in range(0, height, factor * STRIP):
        strip = picture.crop((0, top, width, min(top + factor * STRIP, height)))
        small.paste(strip.reduce(factor), (0, top // factor))
    return small


def _jpeg(picture: Image.Image) -> bytes:
    clean = Image.new("RGB", picture.size)  # carries no more than the pixels
    clean.paste(picture)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
