"""What a file is by its bytes, what it may be used for; what is left out of a recording."""

import pytest

from hemu.attachments.rules import MEDIA, MEGABYTE, ids_said, media_of, pixels_fit, use_of
from hemu.attachments.rules_pieces import is_layered
from hemu.attachments.rules_sound import without_remarks
from hemu.attachments.tests import samples
from hemu.foundation.errors import RuleViolation

KNOWN = [
    (samples.jpeg(), "image/jpeg", "picture"),
    (samples.picture("PNG"), "image/png", "picture"),
    (samples.picture("WEBP"), "image/webp", "picture"),
    (samples.MP3, "audio/mpeg", "voice"),
    (samples.mp4(), "audio/mp4", "voice"),
    (samples.OGG, "audio/ogg", "voice"),
    (samples.webm(), "audio/webm", "voice"),
    (samples.AMR, "audio/amr", "voice"),
    (samples.WAV, "audio/wav", "voice"),
    (samples.PDF, "application/pdf", "paper"),
    (samples.polyglot(), "image/jpeg", "picture"),
]
REFUSED = [
    (b"", "file.empty"),
    (samples.SVG, "file.unknown_type"),
    (samples.HTML, "file.unknown_type"),
    (samples.GIF, "file.unknown_type"),
    (samples.ZIP, "file.unknown_type"),
    (samples.PROGRAM, "file.unknown_type"),
    (samples.box(b"ftyp", b"heic", bytes(4), b"mif1heic"), "file.unknown_type"),
    (samples.picture("TIFF"), "file.unknown_type"),
    (samples.picture("BMP"), "file.unknown_type"),
    (b"just words", "file.unknown_type"),
    (samples.mp4(handler=b"vide"), "file.no_video"),
    (samples.webm(b"V_VP8\x00"), "file.no_video"),
    (b"OggS" + bytes(24) + b"\x80theora" + bytes(40), "file.no_video"),
    (samples.PDF[:-6], "file.broken"),
    (samples.AMR + bytes(10 * MEGABYTE), "file.too_large"),
    (samples.jpeg() + bytes(20 * MEGABYTE), "file.too_large"),
]


@pytest.mark.parametrize(("data", "type", "kind"), KNOWN, ids=lambda value: str(value[:24])[:24])
def test_a_file_is_what_its_bytes_say(data: bytes, type: str, kind: str) -> None:
    found = media_of(data)
    assert (found.type, found.kind) == (type, kind)


@pytest.mark.parametrize(("data", "code"), REFUSED, ids=lambda value: str(value[:24])[:24])
def test_what_is_not_on_the_list_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        media_of(data)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("use", "type", "code"),
    [
        ("photo", "image/jpeg", ""),
        ("before", "image/webp", ""),
        ("signature", "image/png", ""),
        ("voice", "audio/mp4", ""),
        ("paper", "application/pdf", ""),
        ("paper", "image/jpeg", ""),
        ("photo", "audio/mp4", "file.other_use"),
        ("photo", "application/pdf", "file.other_use"),
        ("signature", "application/pdf", "file.other_use"),
        ("voice", "image/png", "file.other_use"),
        ("poster", "image/png", "file.unknown_use"),
        ("", "image/png", "file.unknown_use"),
    ],
)
def test_each_use_takes_its_kind_of_file(use: str, type: str, code: str) -> None:
    if not code:
        assert use_of(use, MEDIA[type]) == use
        return
    with pytest.raises(RuleViolation) as refusal:
        use_of(use, MEDIA[type])
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("type", "width", "height", "code"),
    [
        ("image/jpeg", 8000, 8000, ""),
        ("image/jpeg", 8001, 8000, "file.too_many_pixels"),
        ("image/png", 7000, 4000, ""),
        ("image/png", 28_000_001, 1, "file.too_many_pixels"),
        ("image/png", 0, 9, "file.broken"),
    ],
)
def test_pixels_have_a_bound(type: str, width: int, height: int, code: str) -> None:
    if not code:
        pixels_fit(MEDIA[type], width, height)
        return
    with pytest.raises(RuleViolation) as refusal:
        pixels_fit(MEDIA[type], width, height)
    assert refusal.value.code == code


def test_ids_are_read_from_all_fields_once_each() -> None:
    assert ids_said(["a,b", "", " b , c "]) == ["a", "b", "c"]
    with pytest.raises(RuleViolation, match=r"file\.too_many"):
        ids_said([",".join(str(each) for each in range(21))])


def test_a_recording_loses_its_remarks_and_keeps_its_length() -> None:
    told = samples.mp4(place=b"+30.2501+120.1667/")
    plain = without_remarks("audio/mp4", told)
    assert (b"+30.2501" in told, b"+30.2501" in plain, len(plain) == len(told)) == (True, False, True)
    assert plain.endswith(samples.box(b"mdat", b"sound" * 9))
    assert without_remarks("audio/mp4", samples.mp4()) == samples.mp4()


@pytest.mark.parametrize("cut", range(0, 120, 7))
def test_a_recording_cut_anywhere_is_walked_without_an_error(cut: int) -> None:
    broken = samples.mp4(place=b"+30.2501+120.1667/")[:cut]
    assert len(without_remarks("audio/mp4", broken)) == len(broken)


def test_an_mp3_loses_its_tags() -> None:
    sound = samples.MP3[21:]
    assert without_remarks("audio/mpeg", samples.MP3 + b"TAG" + b"title".ljust(125)) == sound
    assert without_remarks("audio/mpeg", b"ID3" + b"\x7f" * 9) == b"ID3" + b"\x7f" * 9
    assert without_remarks("audio/ogg", samples.OGG) == samples.OGG


def test_boxes_in_boxes_are_not_followed_for_ever() -> None:
    deep = samples.nested(100_000)
    assert without_remarks("audio/mp4", deep) == deep


@pytest.mark.parametrize(
    ("type", "data", "layered"),
    [
        ("image/jpeg", samples.jpeg(), False),
        ("image/jpeg", samples.jpeg() + samples.scans_of_jpeg(99), False),  # what follows its end is not read
        ("image/jpeg", samples.scans_of_jpeg(6), True),
        ("image/jpeg", samples.scans_of_jpeg(30), True),
        ("image/jpeg", samples.scans_of_jpeg(31), None),
        ("image/jpeg", b"\xff\xd8\xff\xe0\x00\x01", None),
        ("image/jpeg", b"\xff\xd8\xff", False),
        ("image/png", samples.picture("PNG"), False),
        ("image/png", samples.pieces_of_png(19_999), False),
        ("image/png", samples.pieces_of_png(20_001), None),
        ("image/webp", samples.picture("WEBP"), False),
    ],
)
def test_how_a_picture_is_put_together(type: str, data: bytes, layered: bool | None) -> None:
    if layered is None:
        with pytest.raises(RuleViolation, match=r"file\.broken"):
            is_layered(MEDIA[type], data)
    else:
        assert is_layered(MEDIA[type], data) is layered


def test_a_layered_picture_has_a_bound_of_its_own() -> None:
    pixels_fit(MEDIA["image/jpeg"], 5_000, 4_000, layered=True)
    with pytest.raises(RuleViolation) as refusal:
        pixels_fit(MEDIA["image/jpeg"], 5_000, 4_001, layered=True)
    assert (refusal.value.code, refusal.value.params["limit"]) == ("file.too_many_pixels", 20)
