"""Keeping a file, naming it in an act, erasing it: what lies in the store, in the row and in the book."""

import hashlib
import io
from datetime import timedelta
from uuid import UUID

import pytest
from PIL import Image

from hemu.access.tests.house import House, at
from hemu.attachments.models import KeptFile
from hemu.attachments.operations import erase_file, keep_file, sweep_drafts
from hemu.attachments.operations.storing import remove_bytes, store, write_bytes
from hemu.attachments.queries import bytes_of, verify_files
from hemu.attachments.rules import MOST_DRAFTS, MOST_OF_AN_OWNER
from hemu.attachments.tests import samples
from hemu.foundation.errors import RuleViolation
from hemu.ledger.queries import verify
from hemu.service_requests.tests.desk import CALLED, Desk, entries, written

NOW = at(CALLED)


def keep(house: House, data: bytes, use: str = "photo", login: str = "frontdesk") -> KeptFile:
    return keep_file(data=data, use=use, by=house.by(login).key, now=NOW)


def opened(name: str) -> Image.Image:
    return Image.open(io.BytesIO(bytes_of(name) or b""))


# ── keeping ──────────────────────────────────────────────────────────────────


def test_the_original_is_sealed_and_what_is_shown_is_drawn_anew(house: House) -> None:
    data = samples.jpeg((1800, 900), orientation=6)
    row = keep(house, data)
    assert bytes_of(row.original_name) == data
    assert (row.digest, row.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (row.subject, row.uploaded_by, row.use, row.kind) == (
        "", house.by("frontdesk").key, "photo", "picture",
    )  # fmt: skip
    shown = opened(row.shown_name)
    assert (shown.format, shown.size, (row.width, row.height)) == ("JPEG", (800, 1600), (800, 1600))
    assert max(opened(row.thumb_name).size) == 320
    # Turned upright: what was the left half, red, is now the upper one.
    assert [_colour(shown, y) for y in (100, 1500)] == ["red", "white"]


def _colour(picture: Image.Image, y: int) -> str:
    red, green, _blue = picture.crop((400, y, 401, y + 1)).tobytes()
    return "white" if green > 200 else "red" if red > 200 else "other"


def test_nothing_tells_where_and_with_what_it_was_taken(house: House) -> None:
    data = samples.jpeg()
    assert samples.GPS in Image.open(io.BytesIO(data)).getexif()
    row = keep(house, data)
    for name in (row.shown_name, row.thumb_name):
        assert dict(opened(name).getexif()) == {}
        assert b"Exif" not in (bytes_of(name) or b"")
        assert b"Sample Phone" not in (bytes_of(name) or b"")


def test_a_picture_that_is_a_page_as_well_is_shown_without_the_page(house: House) -> None:
    row = keep(house, samples.polyglot())
    shown = bytes_of(row.shown_name) or b""
    assert (samples.SCRIPT in shown, samples.HTML in shown) == (False, False)
    assert samples.SCRIPT in (bytes_of(row.original_name) or b"")  # as evidence; never served


@pytest.mark.parametrize(("format", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "LA"), ("PNG", "1"),
                                              ("PNG", "I;16"), ("WEBP", "RGBA"), ("JPEG", "CMYK"), ("JPEG", "L")])  # fmt: skip
def test_every_kind_of_colour_becomes_a_plain_picture(house: House, format: str, mode: str) -> None:
    row = keep(house, samples.picture(format, mode))
    assert (opened(row.shown_name).format, opened(row.shown_name).mode) == ("JPEG", "RGB")


def test_a_transparent_signature_stands_on_white(house: House) -> None:
    row = keep(house, samples.picture("PNG", "RGBA"), use="signature")
    assert opened(row.shown_name).getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "use", "code"),
    [
        (b"", "photo", "file.empty"),
        (samples.SVG, "photo", "file.unknown_type"),
        (samples.HTML, "photo", "file.unknown_type"),
        (samples.jpeg()[:300], "photo", "file.broken"),
        (samples.jpeg((900, 900))[:-900], "photo", "file.broken"),
        (b"\xff\xd8\xff\xe0" + b"not a picture" * 9, "photo", "file.broken"),
        (samples.png_claiming(400, 300), "photo", "file.broken"),
        (samples.png_claiming(30_000, 30_000), "photo", "file.too_many_pixels"),
        (samples.png_claiming(7_000, 7_000), "photo", "file.too_many_pixels"),
        (samples.PDF, "photo", "file.other_use"),
        (samples.jpeg(), "nonsense", "file.unknown_use"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_refusal_leaves_nothing_behind(house: House, data: bytes, use: str, code: str) -> None:
    before = verify_files().strays
    with pytest.raises(RuleViolation) as refusal:
        keep(house, data, use)
    assert refusal.value.code == code
    assert (KeptFile.objects.count(), verify_files().strays) == (0, before)


def test_drafts_of_one_person_have_a_bound(house: House) -> None:
    for _ in range(2):
        keep(house, samples.PDF, "paper", "steward")
    first = KeptFile.objects.first()
    assert first is not None
    by = house.by("frontdesk").key
    KeptFile.objects.bulk_create(
        KeptFile(id=UUID(int=each), digest="", media_type="", kind="paper", use="paper", size=0,
                 uploaded_by=by, uploaded_at=NOW) for each in range(1, MOST_DRAFTS + 1)
    )  # fmt: skip
    with pytest.raises(RuleViolation, match=r"file\.too_many_drafts"):
        keep(house, samples.PDF, "paper")
    keep(house, samples.PDF, "paper", "steward")


# ── naming ───────────────────────────────────────────────────────────────────


def test_a_case_and_its_steps_name_their_files(house: House, desk: Desk) -> None:
    first, second = keep(house, samples.jpeg()), keep(house, samples.OGG, "voice")
    case = desk.register(files=[str(first.id), str(second.id)])
    sorted_ = keep(house, samples.picture("PNG"), "before")
    desk.step(case, "frontdesk classify", CALLED, files=[str(sorted_.id)])
    assert [entry.facts["files"] for entry in entries(case)[:2]] == [
        [
            {"id": str(first.id), "digest": first.digest, "use": "photo"},
            {"id": str(second.id), "digest": second.digest, "use": "voice"},
        ],
        [{"id": str(sorted_.id), "digest": sorted_.digest, "use": "before"}],
    ]
    rows = KeptFile.objects.order_by("id").values_list("subject", "community", "named_at")
    assert set(rows) == {(case.subject, house.community.id, NOW)}
    assert (verify(now=NOW).ok, verify_files().ok, verify_files().files) == (True, True, 3)


def test_an_entry_without_files_says_nothing_of_them(desk: Desk) -> None:
    assert "files" not in entries(desk.register())[0].facts


def test_a_picture_may_stand_for_words_where_something_is_added(house: House, desk: Desk) -> None:
    case = desk.register()
    with pytest.raises(RuleViolation, match=r"step\.needs_words"):
        desk.step(case, "frontdesk add", CALLED, words="")
    desk.step(case, "frontdesk add", CALLED, words="", files=[str(keep(house, samples.jpeg()).id)])
    with pytest.raises(RuleViolation, match=r"step\.needs_words"):  # nothing stands for an answer
        desk.step(case, "frontdesk reply", CALLED, words="", files=[str(keep(house, samples.jpeg()).id)])


@pytest.mark.parametrize("which", ["somebody else's", "named before", "unknown", "no id", "swept"])
def test_only_an_own_draft_is_named_and_a_refusal_writes_nothing(
    house: House, desk: Desk, which: str
) -> None:
    case, own = desk.register(), keep(house, samples.jpeg())
    taken = keep(house, samples.jpeg())
    desk.step(case, "frontdesk add", CALLED, files=[str(taken.id)])
    other = {
        "somebody else's": str(keep(house, samples.jpeg(), login="steward").id),
        "named before": str(taken.id),
        "unknown": "00000000-0000-7000-8000-000000000000",
        "no id": "../../etc/passwd",
        "swept": "",
    }[which]
    if which == "swept":
        swept = keep(house, samples.jpeg())
        erase_file(file=swept.id)
        other = str(swept.id)
    before = written()
    with pytest.raises(RuleViolation, match=r"file\.not_found"):
        desk.step(case, "frontdesk classify", CALLED, files=[str(own.id), other])
    assert written() == before
    own.refresh_from_db()
    assert own.subject == ""


def test_an_owner_s_files_of_one_case_have_a_bound(house: House, desk: Desk) -> None:
    case, owner = desk.register(), f"owner:{house.owner.id}"
    KeptFile.objects.bulk_create(
        KeptFile(id=UUID(int=each), digest="", media_type="", kind="paper", use="paper", size=0,
                 uploaded_by=owner, uploaded_at=NOW, named_at=NOW, subject=case.subject)
        for each in range(1, MOST_OF_AN_OWNER + 1)
    )  # fmt: skip
    one = keep_file(data=samples.jpeg(), use="photo", by=owner, now=NOW)
    before = written()
    with pytest.raises(RuleViolation, match=r"file\.too_many_here"):
        desk.step(case, "owner add", CALLED, files=[str(one.id)])
    assert written() == before


def test_too_many_at_once_are_refused(house: House, desk: Desk) -> None:
    with pytest.raises(RuleViolation, match=r"file\.too_many"):
        desk.register(files=[str(UUID(int=each)) for each in range(21)])


# ── erasing, sweeping, verifying ─────────────────────────────────────────────


def test_erased_bytes_and_row_are_gone_and_the_book_is_whole(house: House, desk: Desk) -> None:
    row = keep(house, samples.jpeg())
    case = desk.register(files=[str(row.id)])
    assert (erase_file(file=row.id), erase_file(file=row.id)) == (True, False)
    assert [store().exists(name) for name in row.names] == [False, False, False]
    assert entries(case)[0].facts["files"][0]["digest"] == row.digest
    assert (verify(now=NOW).ok, verify_files().ok) == (True, True)


def test_drafts_are_swept_after_a_day_and_named_files_stay(house: House, desk: Desk) -> None:
    draft, named = keep(house, samples.jpeg()), keep(house, samples.jpeg())
    desk.register(files=[str(named.id)])
    assert sweep_drafts(now=NOW + timedelta(days=1)) == 0
    assert sweep_drafts(now=NOW + timedelta(days=1, seconds=1)) == 1
    assert [row.id for row in KeptFile.objects.all()] == [named.id]
    assert (store().exists(draft.original_name), store().exists(named.original_name)) == (False, True)


@pytest.mark.parametrize("harm", ["missing", "changed", "changed with its row", "copy missing"])
def test_what_was_done_to_an_original_is_found(house: House, desk: Desk, harm: str) -> None:
    row = keep(house, samples.jpeg())
    desk.register(files=[str(row.id)])
    assert verify_files().problems == []
    if harm == "copy missing":
        remove_bytes([row.shown_name])
    else:
        remove_bytes([row.original_name])
    if harm.startswith("changed"):
        other = samples.jpeg((50, 50))
        if harm == "changed with its row":
            row.refresh_from_db()
            row.digest = hashlib.sha256(other).hexdigest()
            row.save()
        write_bytes(row.original_name, other)
    said = {
        "missing": "its original is missing",
        "changed": "its original was changed",
        "changed with its row": "the book says another digest, or none",
        "copy missing": f"{row.shown_name} is missing",
    }
    assert verify_files().problems == [f"file {row.id}: {said[harm]}"]


def test_bytes_without_a_row_are_strays(house: House) -> None:
    write_bytes("originals/00/left-by-a-crash", b"x")
    assert "originals/00/left-by-a-crash" in verify_files().strays
    remove_bytes(["originals/00/left-by-a-crash"])
