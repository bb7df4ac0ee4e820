"""The company's signature under a finished file (PAdES, P-256), and what a signed file says when it is checked.

Without a certificate of the company's own a trial one is made at first use, by a trial authority whose key is
thrown away at once. Both say in their names that they are for the demonstration.
"""

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from asn1crypto import keys, x509
from cryptography import x509 as making
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from hemu.foundation.errors import RuleViolation
from hemu.papers.cms import DIGEST, Frame, frame_of

FIELD = "Hemu"
RESERVED_BYTES = 8_192
TRIAL = "试用"
TRIAL_AUTHORITY = "和睦试用 CA（仅供演示）"
TRIAL_SIGNER = f"文书签名（{TRIAL}证书）"
LONGEST_NAME_BYTES = 64
TRIAL_YEARS = 10
LARGEST_CHECKED = 20_000_000


@dataclass(frozen=True)
class Signed:
    """What the signature in a file says.

    Attributes:
        there: there is one at all.
        intact: the signed bytes are unaltered and the signature fits them.
        whole: nothing was added after it.
        ours: it was made with this installation's certificate.
        subject: whose certificate it is; ``fingerprint``: its SHA-256.
        trial: it is a trial certificate.
        code: of the paper, as the file claims it; "" where it claims none.
    """

    there: bool = False
    intact: bool = False
    whole: bool = False
    ours: bool = False
    subject: str = ""
    fingerprint: str = ""
    trial: bool = False
    code: str = ""

    @property
    def sound(self) -> bool:
        """Tell whether the file is, to its last byte, as it was signed here."""
        return self.there and self.intact and self.whole and self.ours


# ── signing ──────────────────────────────────────────────────────────────────


def sign_pdf(pdf: bytes, *, at: datetime, company: str) -> bytes:
    """Return a PDF with the company's signature added behind it; its own bytes stay as they are.

    Args:
        at: the time that the signature states.
        company: whose name a trial certificate bears, should one be made now.

    Raises:
        RuleViolation: ``signature.no_key`` (file): the key that the settings name cannot be used.
    """
    frame = signer_of(key_file(at=at, company=company)).frame
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    steps = PdfCMSEmbedder().write_cms(FIELD, writer)
    next(steps)
    held = SignatureObject(at, SigSeedSubFilter.PADES, bytes_reserved=RESERVED_BYTES)
    steps.send(SigObjSetup(sig_placeholder=held))
    prepared, out = steps.send(SigIOSetup(md_algorithm=DIGEST))
    steps.send(frame.container(prepared.document_digest))
    return bytes(out.getvalue())


@dataclass(frozen=True)
class Signer:
    """Who signs: certificate, those above it, and the frame of its signatures."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    frame: Frame


@lru_cache(maxsize=4)
def signer_of(file: Path) -> Signer:
    """Return who signs, by a PEM file that holds a P-256 key, its certificate and the chain above it.

    Raises:
        RuleViolation: ``signature.no_key`` (file).
    """
    try:
        content = file.read_bytes()
        certificates = [_plain(each) for each in making.load_pem_x509_certificates(content)]
        key = serialization.load_pem_private_key(content, None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise RuleViolation("signature.no_key", file=str(file)) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise RuleViolation("signature.no_key", file=str(file))
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore.from_certs(certificates)  # type: ignore[no-untyped-call]
    signer = SimpleSigner(certificates[0], keys.PrivateKeyInfo.load(plain), store)
    return Signer(certificates[0], tuple(certificates), frame_of(signer, key))


def fingerprint_of(signer: Signer) -> str:
    """Return the SHA-256 of the certificate of who signs."""
    return hashlib.sha256(signer.certificate.dump()).hexdigest()


def is_trial(fingerprint: str) -> bool:
    """Tell whether a file was signed with the trial certificate of this installation."""
    signer = _known_signer()
    if signer is None or fingerprint_of(signer) != fingerprint:
        return False
    return TRIAL in signer.certificate.subject.human_friendly


def _plain(certificate: making.Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


# ── the key ──────────────────────────────────────────────────────────────────


def key_file(*, at: datetime, company: str) -> Path:
    """Return the file with key and certificates: the one that the settings name, or the trial one, made if missing."""
    file = _named_key()
    if not settings.PAPER_KEY and not file.exists():
        file.parent.mkdir(mode=0o700, exist_ok=True)
        _keep_new(file, trial_key(at=at, company=company))
    return file


def _named_key() -> Path:
    return Path(settings.PAPER_KEY or Path(settings.HOME) / "papers" / "trial.pem")


def _known_signer() -> Signer | None:
    """Return who signs here, for checking: nothing is made for that."""
    try:
        return signer_of(_named_key())
    except RuleViolation:
        return None


def _keep_new(file: Path, content: bytes) -> None:
    """Write a file that only its owner reads, whole or not at all; of two who do so at once the first one's stays."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def trial_key(*, at: datetime, company: str) -> bytes:
    """Return a new key, its certificate and that of the trial authority as PEM; the authority's own key is kept nowhere."""
    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    above = _name(TRIAL_AUTHORITY, "和睦")
    root = (
        _certified(above, above, authority.public_key(), at)
        .add_extension(making.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_may(certify=True), critical=True)
        .sign(authority, hashes.SHA256())
    )
    own = (
        _certified(_name(TRIAL_SIGNER, company), above, key.public_key(), at)
        .add_extension(making.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_may(certify=False), critical=True)
        .sign(authority, hashes.SHA256())
    )
    parts = [
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
        own.public_bytes(serialization.Encoding.PEM),
        root.public_bytes(serialization.Encoding.PEM),
    ]
    return b"".join(parts)


def _name(common: str, organisation: str) -> making.Name:
    """Return a name; the standard lets its parts be 64 bytes long."""
    kept = organisation.encode()[:LONGEST_NAME_BYTES].decode(errors="ignore")
    return making.Name(
        [
            making.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            making.NameAttribute(NameOID.ORGANIZATION_NAME, kept or "和睦"),
            making.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _certified(
    subject: making.Name, issuer: making.Name, key: ec.EllipticCurvePublicKey, at: datetime
) -> making.CertificateBuilder:
    return (
        making.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(making.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=365 * TRIAL_YEARS))
    )


def _may(*, certify: bool) -> making.KeyUsage:
    return making.KeyUsage(
        digital_signature=not certify,
        content_commitment=not certify,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certify,
        crl_sign=certify,
        encipher_only=False,
        decipher_only=False,
    )


# ── checking ─────────────────────────────────────────────────────────────────


def signature_in(pdf: bytes, *, at: datetime) -> Signed:
    """Return what the signature in a file says; a file that is no PDF any more has none.

    Args:
        at: the moment at which certificates count.

    Raises:
        RuleViolation: ``signature.too_large`` (megabytes).
    """
    if len(pdf) > LARGEST_CHECKED:
        raise RuleViolation("signature.too_large", megabytes=LARGEST_CHECKED // 1_000_000)
    code = _claimed(pdf)
    try:
        found = PdfFileReader(BytesIO(pdf)).embedded_signatures
        if not found:
            return Signed(code=code)
        signer = _known_signer()
        context = ValidationContext(
            trust_roots=list(signer.chain) if signer else [],
            moment=at,
            allow_fetching=False,
            revocation_mode="soft-fail",
        )
        said = validate_pdf_signature(found[-1], context)
        certificate = said.signing_cert
        fingerprint = hashlib.sha256(certificate.dump()).hexdigest()
    except (
        PdfError,
        SigningError,
        SignatureValidationError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        OSError,
        RecursionError,  # brackets in brackets in brackets
    ):
        return Signed(there=b"/ByteRange" in pdf, code=code)
    return Signed(
        there=True,
        intact=bool(said.intact and said.valid),
        whole=said.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        ours=signer is not None and fingerprint == fingerprint_of(signer),
        subject=_named(certificate),
        fingerprint=fingerprint,
        trial=TRIAL in certificate.subject.human_friendly,
        code=code,
    )


def _named(certificate: x509.Certificate) -> str:
    parts = certificate.subject.native
    said = (parts.get(name, "") for name in ("organization_name", "common_name"))
    return " · ".join(str(each) for each in said if each)


def _claimed(pdf: bytes) -> str:
    """Return the paper's code that stands in a file in the open, readable however damaged the rest is."""
    start = pdf.find(b"hemu:")
    code = pdf[start + 5 : start + 17] if start >= 0 else b""
    return code.decode("ascii", "replace") if code.isalnum() else ""
