"""Files for tests, honest and hostile; all of them made here."""

import io
import struct
import zlib

from PIL import Image

GPS = 0x8825
ORIENTATION = 0x0112
MODEL = 0x0110


def jpeg(size: tuple[int, int] = (40, 30), *, orientation: int = 1, place: bool = True) -> bytes:
    """Return a picture as a phone makes it: red on its left half, with the place where it was taken."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MODEL] = "Sample Phone"
    if place:
        exif.get_ifd(GPS).update({1: "N", 2: (30.0, 15.0, 1.0), 3: "E", 4: (120.0, 10.0, 1.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def picture(format: str, mode: str = "RGB", size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, format)
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """Return a PNG of a few hundred bytes that says it is this big, all of one colour: a bomb."""
    rows = zlib.compress(b"\0" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            (b"IDAT", rows),
            (b"IEND", b""),
        )
    )


def scans_of_jpeg(scans: int) -> bytes:
    """Return a JPEG that goes over its pixels so many times, six at least, the last of them again and again."""
    out = io.BytesIO()
    Image.new("L", (40, 30)).save(out, "JPEG", progressive=True)
    whole = out.getvalue().removesuffix(b"\xff\xd9")
    last = whole[whole.rindex(b"\xff\xda") :]
    return whole + last * (scans - whole.count(b"\xff\xda")) + b"\xff\xd9"


def pieces_of_png(pieces: int) -> bytes:
    """Return a PNG of so many pieces, most of them empty and of no meaning."""
    whole = picture("PNG")
    head = 8 + 25
    empty = struct.pack(">I4sI", 0, b"none", zlib.crc32(b"none"))
    return whole[:head] + empty * (pieces - 3) + whole[head:]


def box(name: bytes, *inside: bytes) -> bytes:
    data = b"".join(inside)
    return struct.pack(">I4s", 8 + len(data), name) + data


def mp4(*, handler: bytes = b"soun", place: bytes = b"") -> bytes:
    """Return the bones of an MP4 with one track, and where it was recorded."""
    track = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(12))))
    remarks = box(b"udta", box(b"\xa9xyz", place)) if place else b""
    return (
        box(b"ftyp", b"M4A ", bytes(4), b"M4A mp42isom")
        + box(b"moov", track, remarks)
        + box(b"mdat", b"sound" * 9)
    )


def nested(depth: int) -> bytes:
    """Return an MP4 whose boxes lie so deep in each other."""
    data = box(b"udta", b"here")
    heads = b"".join(struct.pack(">I4s", 8 * (depth - level) + len(data), b"moov") for level in range(depth))
    return mp4() + heads + data


def webm(codec: bytes = b"A_OPUS") -> bytes:
    return (
        b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(20) + b"\x86\x86" + codec + bytes(40)
    )


OGG = b"OggS" + bytes(24) + b"OpusHead" + bytes(40)
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x0bTXXXsecret!\xff\xfb\x90\x00" + b"sound" * 20
AMR = b"#!AMR\n" + b"\x3c" * 40
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(40)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
GIF = b"GIF89a" + bytes(30)
ZIP = b"PK\x03\x04" + bytes(60)
PROGRAM = b"MZ" + bytes(200)
SCRIPT = b"<script>alert(document.cookie)</script>"


def polyglot() -> bytes:
    """Return a JPEG that is a page as well, for a browser that guesses."""
    whole = jpeg()
    comment = b"\xff\xfe" + struct.pack(">H", len(SCRIPT) + 2) + SCRIPT
    return whole[:2] + comment + whole[2:] + HTML
