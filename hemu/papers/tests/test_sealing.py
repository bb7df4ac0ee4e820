"""Issuing under the seal: set for good, marked or paired with a scan, signed so that a changed byte is found."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader

from hemu.access.tests.house import House, client, found_house, standing_at
from hemu.attachments.models import KeptFile
from hemu.attachments.operations import keep_file
from hemu.attachments.queries import bytes_of, verify_files
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Entry
from hemu.papers.models import Document, SealUse
from hemu.papers.operations import issue_paper, void_paper
from hemu.papers.queries_checks import check_file, plain_check
from hemu.papers.signing import LARGEST_CHECKED, key_file, signature_in
from hemu.papers.tests.spoken import call
from hemu.papers.tests.written import AT, approved, settled, submitted

standing = standing_at(AT, autouse=True)


@pytest.fixture
def house(db: None, settings: Any, tmp_path: Path) -> House:
    settings.HOME = tmp_path
    settings.PUBLIC_URL = "https://hemu.example"
    return found_house()


def issued(house: House, document: Document, *, mode: str = "mark", **more: Any) -> SealUse:
    by = house.by(more.pop("by", "cs_supervisor"))
    return issue_paper(document=document.id, by=by, act=by.act(now=AT), mode=mode, **more)


def file_of(use: SealUse) -> bytes:
    assert use.file is not None
    data = bytes_of(use.file.original_name)
    assert data is not None
    return data


def scan(house: House, by: str = "cs_supervisor", colour: str = "white") -> KeptFile:
    out = BytesIO()
    Image.new("RGB", (60, 80), colour).save(out, "JPEG")
    return keep_file(data=out.getvalue(), use="paper", by=house.by(by).key, now=AT)


def refused(do: Any) -> str:
    before = (Entry.objects.count(), SealUse.objects.count())
    with pytest.raises(RuleViolation) as refusal:
        do()
    assert (Entry.objects.count(), SealUse.objects.count()) == before
    return refusal.value.code


def test_a_paper_with_the_mark_is_signed_and_registered(house: House) -> None:
    paper = approved(house)
    use = issued(house, paper, copies=3)
    data = file_of(use)
    assert use.file_digest == hashlib.sha256(data).hexdigest()
    entry = Entry.objects.get(kind="paper.issued")
    assert entry.facts["file_digest"] == use.file_digest
    assert [each["digest"] for each in entry.facts["files"]] == [use.file_digest]
    assert (entry.facts["seal_mode"], entry.facts["copies"], entry.facts["paper_number"]) == (
        "mark",
        3,
        paper.number,
    )
    found = signature_in(data, at=AT)
    assert (found.sound, found.trial, found.code) == (True, True, paper.code)
    assert found.fingerprint == use.signer
    assert verify_files().problems == []
    assert data.startswith(b"%PDF-1.7")


def test_one_changed_byte_is_found_wherever_it_is(house: House) -> None:
    use = issued(house, approved(house))
    data = file_of(use)
    assert plain_check(check_file(data, now=AT))["known"] is True
    signature = data.rindex(b"/Contents")
    for place in (*range(100, signature, signature // 12), len(data) - 20):
        other = bytearray(data)
        other[place] ^= 1
        found = check_file(bytes(other), now=AT)
        assert (found.known, found.signed.sound) == (False, False), place
    deep = (
        b"%PDF-1.7\n1 0 obj\n"
        + b"[" * 20_000
        + b"\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
    )
    deep += b"trailer\n<</Size 2/Root 1 0 R>>\nstartxref\n20025\n%%EOF\n"
    for changed in (data + b"\n%more", data[:-1], b"%PDF-1.7 nothing", b"", deep):
        found = check_file(changed, now=AT)
        assert (found.known, found.signed.sound) == (False, False)


def test_what_a_check_says(house: House) -> None:
    paper = approved(house)
    data = file_of(issued(house, paper))
    said = plain_check(check_file(data[:300] + b"X" + data[301:], now=AT))
    assert (said["known"], said["altered"]) == (False, True)
    assert said["paper"]["number"] == paper.number
    assert said["paper"]["seal"] == {"mode": "mark", "legal_seal": False, "scan_digests": []}
    assert paper.title not in str(said)
    assert refused(lambda: check_file(b"x" * (LARGEST_CHECKED + 1), now=AT)) == "signature.too_large"


def test_a_signature_of_another_house_is_not_ours(house: House, settings: Any, tmp_path: Path) -> None:
    data = file_of(issued(house, approved(house)))
    settings.HOME = tmp_path / "other"
    settings.HOME.mkdir()
    key_file(at=AT, company="别家物业")
    found = signature_in(data, at=AT)
    assert (found.intact, found.whole, found.ours, found.sound) == (True, True, False, False)


def test_the_key_is_for_its_owner_alone_and_a_bad_one_is_refused(
    house: House, settings: Any, tmp_path: Path
) -> None:
    issued(house, approved(house))
    file = tmp_path / "papers" / "trial.pem"
    assert oct(file.stat().st_mode)[-3:] == "600"
    kept = file.read_bytes()
    issued(house, approved(house))
    assert file.read_bytes() == kept
    settings.PAPER_KEY = str(tmp_path / "none.pem")
    paper = approved(house)
    assert refused(lambda: issued(house, paper)) == "signature.no_key"


def test_a_sealed_sheet_is_paired_with_its_scan(house: House) -> None:
    paper, sheet = approved(house), scan(house)
    use = issued(house, paper, mode="scan", scans=[sheet.id])
    assert (use.mode, use.scan_digest) == ("scan", sheet.digest)
    entry = Entry.objects.get(kind="paper.issued")
    assert {each["digest"] for each in entry.facts["files"]} == {use.file_digest, sheet.digest}
    assert entry.proof == "device"


def test_the_scan_is_set_behind_the_paper_before_it_is_signed(house: House) -> None:
    first, second = scan(house), scan(house, colour="grey")
    pdf = keep_file(
        data=b"%PDF-1.4\n%%EOF\n", use="paper", by=house.by("cs_supervisor").key, now=AT
    )  # a scanner's own, of which only the digest is printed
    use = issued(house, approved(house), mode="scan", scans=[second.id, first.id, pdf.id])
    assert use.scan_digests == [second.digest, first.digest, pdf.digest]
    data = file_of(use)
    pages = PdfReader(BytesIO(data)).pages
    assert [len(page.images) for page in pages] == [0, 1, 1]
    words = "".join(pages[0].extract_text().split())
    assert all(digest[:32] in words for digest in use.scan_digests)
    assert (signature_in(data, at=AT).sound, verify_files().problems) == (True, [])
    assert plain_check(check_file(data, now=AT))["paper"]["seal"]["scan_digests"] == use.scan_digests
    page = client("cs_supervisor").get(f"/papers/documents/{use.document_id}/")
    assert page.content.decode().count("盖章纸件") >= 1
    third = client("cs_supervisor").get(f"/papers/documents/{use.document_id}/pages/3/")
    assert third.content[:4] == b"\x89PNG"


def test_the_seal_is_refused_outside_an_approved_paper(house: House) -> None:
    waiting, paper, sheet = submitted(house), approved(house), scan(house)
    assert refused(lambda: issued(house, waiting)) == "seal.not_approved"
    assert refused(lambda: issued(house, paper, by="frontdesk")) == "document.not_found"
    assert refused(lambda: issued(house, paper, by="elsewhere")) == "document.not_found"
    assert refused(lambda: issued(house, paper, mode="wax")) == "seal.unknown_mode"
    assert refused(lambda: issued(house, paper, copies=0)) == "seal.copies"
    assert refused(lambda: issued(house, paper, mode="scan")) == "seal.no_scan"
    many = [sheet.id] * 11
    assert refused(lambda: issued(house, paper, mode="scan", scans=many)) == "seal.too_many_scans"
    assert (
        refused(lambda: issued(house, paper, mode="scan", scans=[scan(house, "frontdesk").id]))
        == "seal.no_scan"
    )
    assert refused(lambda: issued(house, paper, scans=[sheet.id])) == "seal.scan_with_mark"
    issued(house, paper)
    assert refused(lambda: issued(house, paper)) == "seal.not_approved"


def test_the_pages_of_the_seal(house: House) -> None:
    paper = approved(house)
    desk, lead = client("frontdesk"), client("cs_supervisor")
    assert (
        desk.post(f"/papers/documents/{paper.id}/issue/", {"mode": "mark", "copies": "1"}).status_code == 403
    )
    refused_page = lead.post(f"/papers/documents/{paper.id}/issue/", {"mode": "scan", "copies": "1"})
    assert (refused_page.status_code, "把盖好章的纸件" in refused_page.content.decode()) == (422, True)
    assert (
        lead.post(f"/papers/documents/{paper.id}/issue/", {"mode": "mark", "copies": "2"}).status_code == 302
    )
    use = SealUse.objects.get()
    assert lead.get(f"/papers/documents/{paper.id}/paper/").content == file_of(use)
    register = f"/papers/seal/?from={AT:%Y-%m-%d}&to={AT:%Y-%m-%d}"
    assert paper.number in desk.get(register).content.decode()
    assert paper.number not in client("elsewhere").get(register).content.decode()
    lines = desk.get(register.replace("seal/", "seal/register.csv")).content.decode().splitlines()
    assert (len(lines), use.file_digest in lines[1]) == (2, True)
    assert desk.get("/papers/seal/?from=x").status_code == 422


def test_anybody_compares_a_file_with_what_was_issued(house: House) -> None:
    notice, letter = approved(house), settled(house, submitted(house, kind="letter"))
    data, secret = file_of(issued(house, notice)), file_of(issued(house, letter))
    stranger = client("frontdesk")
    stranger.logout()
    page = stranger.get(f"/papers/check/{notice.code}/").content.decode()
    assert (notice.number in page, notice.title in page, "不是印章" in page) == (True, True, True)
    hidden = stranger.get(f"/papers/check/{letter.code}/").content.decode()
    assert (letter.number in hidden, letter.title in hidden) == (True, False)
    for sent, word in ((data, "一致"), (secret, "不一致"), (data + b" ", "不一致")):
        answer = stranger.post(f"/papers/check/{notice.code}/", {"file": SimpleUploadedFile("a.pdf", sent)})
        assert f'notice-title">{word}' in answer.content.decode()
    assert stranger.get("/papers/check/NOT-A-CODE/").status_code == 404
    director = house.by("office_director")
    void_paper(document=notice.id, by=director, act=director.act(now=AT), reason="写错了。")
    assert "已作废" in stranger.get(f"/papers/check/{notice.code}/").content.decode()


def test_the_same_by_command(house: House, tmp_path: Path) -> None:
    who = ("--by", "frontdesk")
    made = call(
        "draft",
        "notice",
        "--community",
        house.community.name,
        "--title",
        "停电通知",
        "--body",
        "后天停电。",
        *who,
        now=AT,
    )
    assert call("list", *who, now=AT)["items"] == [made]
    call("submit", made["id"], *who, now=AT)
    done = call("decide", made["id"], "--by", "office_director", now=AT)
    assert (done["state"], done["decisions"][0]["result"]) == ("approved", "agreed")
    out = str(tmp_path / "notice.pdf")
    sealed = call("issue", made["id"], out, "--by", "cs_supervisor", now=AT)
    assert (sealed["seal"], sealed["state"]) == ("mark", "issued")
    found = call("check", out, now=AT)
    assert (found["known"], found["signature"]["sound"], found["paper"]["seal"]["mode"]) == (
        True,
        True,
        "mark",
    )
    assert [each["digest"] for each in call("seals", *who, now=AT)["items"]] == [found["digest"]]
    call("void", made["id"], "--by", "office_director", "--reason", "写错了。", now=AT)
    assert call("check", out, now=AT)["paper"]["state"] == "void"


def test_a_signed_file_keeps_the_form_of_an_archive(house: House) -> None:
    # PDF/A-2b as far as it can be read off a file: what its metadata claim, and what that claim forbids.
    for use in (
        issued(house, approved(house)),
        issued(house, approved(house), mode="scan", scans=[scan(house).id]),
    ):
        reader = PdfReader(BytesIO(file_of(use)))
        catalogue: Any = reader.trailer["/Root"].get_object()
        claims = catalogue["/Metadata"].get_object().get_data().decode()
        assert 'pdfaid:part="2"' in claims
        assert 'pdfaid:conformance="B"' in claims
        intent = catalogue["/OutputIntents"][0].get_object()
        assert (intent["/S"], "/DestOutputProfile" in intent) == ("/GTS_PDFA1", True)
        assert not reader.is_encrypted
        assert not {"/JavaScript", "/EmbeddedFiles"} & set(catalogue.get("/Names", {}))
        assert {"/OpenAction", "/AA"} & set(catalogue) == set()
        pages: list[Any] = list(reader.pages)
        fonts = [font for page in pages for font in page["/Resources"].get("/Font", {}).values()]
        inner = [each.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for each in fonts]
        assert inner
        assert all({"/FontFile2", "/FontFile3"} & set(each.get_object()) for each in inner)
