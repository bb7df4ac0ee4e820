"""What a file is, found by looking at its bytes and never by its name; what it may be used for; how big it may be."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import filetype

from hemu.foundation.errors import RuleViolation

USES = ("photo", "before", "after", "slip", "signature", "voice", "paper")
MEGABYTE = 1_000_000
MOST_IN_ONE_ACT = 20
MOST_OF_AN_OWNER = 100
"""So many files may an owner put to one thing: links need no log-in."""
MOST_DRAFTS = 60
"""So many files may wait for their act, of one uploader: more is a mistake or a flood."""


@dataclass(frozen=True)
class Media:
    """One kind of bytes that is taken.

    Attributes:
        type: the media type under which it is shown.
        kind: ``picture``, ``voice`` or ``paper``.
        ending: of the name under which it is kept.
        most_bytes: the biggest original, inclusive.
        most_pixels: of a picture, width times height, inclusive.
    """

    type: str
    kind: str
    ending: str
    most_bytes: int
    most_pixels: int = 0


MEDIA = {
    each.type: each
    for each in (
        # A JPEG is read at a fraction of its size, a PNG has to be unpacked whole, a WebP four times over.
        Media("image/jpeg", "picture", "jpg", 20 * MEGABYTE, 64_000_000),
        Media("image/png", "picture", "png", 20 * MEGABYTE, 28_000_000),
        Media("image/webp", "picture", "webp", 20 * MEGABYTE, 7_000_000),
        Media("audio/mpeg", "voice", "mp3", 10 * MEGABYTE),
        Media("audio/mp4", "voice", "m4a", 10 * MEGABYTE),
        Media("audio/ogg", "voice", "ogg", 10 * MEGABYTE),
        Media("audio/webm", "voice", "webm", 10 * MEGABYTE),
        Media("audio/amr", "voice", "amr", 10 * MEGABYTE),
        Media("audio/wav", "voice", "wav", 10 * MEGABYTE),
        Media("application/pdf", "paper", "pdf", 20 * MEGABYTE),
    )
}
LAYERED_PIXELS = 20_000_000
"""Of a JPEG that goes over its pixels more than once and is held whole meanwhile, at six bytes a pixel."""
BIGGEST = max(each.most_bytes for each in MEDIA.values())
KINDS_FOR = {use: ("voice",) if use == "voice" else ("picture",) for use in USES} | {
    "paper": ("picture", "paper")
}

_LOOKS_LIKE = {
    "image/jpeg": "image/jpeg",
    "image/png": "image/png",
    "image/apng": "image/png",
    "image/webp": "image/webp",
    "audio/mpeg": "audio/mpeg",
    "audio/mp4": "audio/mp4",
    "video/mp4": "audio/mp4",
    "video/quicktime": "audio/mp4",
    "audio/ogg": "audio/ogg",
    "video/webm": "audio/webm",
    "video/x-matroska": "audio/webm",
    "audio/amr": "audio/amr",
    "audio/x-wav": "audio/wav",
    "application/pdf": "application/pdf",
}
_VIDEO_TRACK = re.compile(rb"hdlr.{8}vide", re.DOTALL)
_HEAD = 8_192


def media_of(data: bytes) -> Media:
    """Return what a file is, by its own bytes; its name and what a browser says of it do not count.

    Raises:
        RuleViolation: ``file.empty``, ``file.too_large`` (limit: megabytes), ``file.unknown_type``,
            ``file.no_video``, ``file.broken``.
    """
    if not data:
        raise RuleViolation("file.empty")
    if len(data) > BIGGEST:
        raise RuleViolation("file.too_large", limit=BIGGEST // MEGABYTE)
    media = MEDIA.get(_LOOKS_LIKE.get(filetype.guess_mime(data[:_HEAD]) or "", ""))
    if media is None:
        raise RuleViolation("file.unknown_type")
    if len(data) > media.most_bytes:
        raise RuleViolation("file.too_large", limit=media.most_bytes // MEGABYTE)
    if _has_moving_pictures(media, data):
        raise RuleViolation("file.no_video")
    if media.kind == "paper" and b"%%EOF" not in data[-2_048:]:
        raise RuleViolation("file.broken")
    return media


def _has_moving_pictures(media: Media, data: bytes) -> bool:
    """Tell whether a container that can hold sound holds pictures besides, or nothing that is known as sound."""
    if media.type == "audio/mp4":
        return bool(_VIDEO_TRACK.search(data))
    if media.type == "audio/webm":
        return b"V_" in data[:_HEAD] or b"A_" not in data[:_HEAD]
    if media.type == "audio/ogg":
        return not any(mark in data[:512] for mark in (b"OpusHead", b"\x01vorbis", b"Speex"))
    return False


def use_of(use: str, media: Media) -> str:
    """Return the use if a file of this kind may have it.

    Raises:
        RuleViolation: ``file.unknown_use``, ``file.other_use``.
    """
    if use not in USES:
        raise RuleViolation("file.unknown_use", use=use, known=list(USES))
    if media.kind not in KINDS_FOR[use]:
        raise RuleViolation("file.other_use", use=use)
    return use


def pixels_fit(media: Media, width: int, height: int, *, layered: bool = False) -> None:
    """Refuse a picture that would unpack into more than the machine should be asked for.

    Args:
        layered: it is held whole while it is read (`rules_pieces`).

    Raises:
        RuleViolation: ``file.too_many_pixels`` (limit: millions of pixels), ``file.broken``.
    """
    if width < 1 or height < 1:
        raise RuleViolation("file.broken")
    most = min(media.most_pixels, LAYERED_PIXELS) if layered else media.most_pixels
    if width * height > most:
        raise RuleViolation("file.too_many_pixels", limit=most // 1_000_000)


def ids_said(values: Iterable[str]) -> list[str]:
    """Return the ids that form values name, each ``id,id,…``, in their order and each once.

    Raises:
        RuleViolation: ``file.too_many``.
    """
    ids = list(dict.fromkeys(each.strip() for value in values for each in value.split(",") if each.strip()))
    return at_most(ids)


def at_most(files: Sequence[str]) -> list[str]:
    """Return the files of one act, 20 at most.

    Raises:
        RuleViolation: ``file.too_many``.
    """
    if len(files) > MOST_IN_ONE_ACT:
        raise RuleViolation("file.too_many", limit=MOST_IN_ONE_ACT)
    return list(files)
