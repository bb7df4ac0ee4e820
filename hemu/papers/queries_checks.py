"""Is this file what the office issued? By its bytes, by its signature, by the code that it bears."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hemu.attachments.models import KeptFile
from hemu.infra.moments import iso_local
from hemu.papers.models import Document, SealUse
from hemu.papers.queries import kinds
from hemu.papers.rules_documents import State

if TYPE_CHECKING:
    from hemu.papers.signing import Signed


@dataclass(frozen=True)
class Checked:
    """What is known of a file.

    Attributes:
        digest: its SHA-256.
        use: of the seal that it is the finished file of, byte for byte; None: these bytes were never issued here.
        claimed: the use of the paper whose code stands in it, where its bytes are not those.
        signed: what its signature says.
    """

    digest: str
    use: SealUse | None
    claimed: SealUse | None
    signed: "Signed"

    @property
    def known(self) -> bool:
        """Tell whether these very bytes were issued here."""
        return self.use is not None

    @property
    def altered(self) -> bool:
        """Tell whether it passes for a paper that was issued here and is not that."""
        return self.use is None and self.claimed is not None


def check_file(data: bytes, *, now: datetime) -> Checked:
    """Return what is known of a file.

    Raises:
        RuleViolation: ``signature.too_large`` (megabytes).
    """
    from hemu.papers import signing  # slow to load

    digest = digest_of(data)
    signed = signing.signature_in(data, at=now)
    rows = SealUse.objects.select_related("document__office", "document__community", "version")
    use = rows.filter(file_digest=digest).first()
    claimed = rows.filter(document__code=signed.code).first() if signed.code and use is None else None
    return Checked(digest, use, claimed, signed)


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of a file, by which its seal's use is known."""
    return hashlib.sha256(data).hexdigest()


def plain_check(found: Checked) -> dict[str, Any]:
    """Return it as commands print it: whose paper it is or claims to be, without a title that may name somebody."""
    use = found.use or found.claimed
    about: dict[str, Any] = {}
    if use is not None:
        paper = use.document
        about = {
            "number": paper.number,
            "kind": paper.kind,
            "office": paper.office.name,
            "state": paper.state,
            "issued_at": iso_local(use.at),
            "seal": {"mode": use.mode, "legal_seal": False, "scan_digests": use.scan_digests},
        }
    signature = asdict(found.signed) | {"sound": found.signed.sound}
    return {
        "known": found.known,
        "altered": found.altered,
        "digest": found.digest,
        "paper": about or None,
        "signature": signature,
    }


def paper_by_code(text: str) -> Document | None:
    """Return the paper that bears a code, once it was issued; however the code was typed."""
    code = code_typed(text)
    rows = Document.objects.select_related("office", "community", "seal_use__version", "replaces")
    return rows.filter(code=code, seal_use__isnull=False).first() if code else None


def code_typed(text: str) -> str:
    """Return the code of a paper as it is kept, however it was typed."""
    return "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())


def may_be_named(document: Document) -> bool:
    """Tell whether a paper's title may stand on a page that everybody sees: of letters and bills it may not."""
    kind = kinds().get(document.kind)
    return kind is not None and kind.public and document.state in (State.ISSUED, State.VOID)


def scans_of(use: SealUse) -> list[KeptFile]:
    """Return the scans of a sealed paper in their order; those that were erased are not among them."""
    found = {
        each.digest: each
        for each in KeptFile.objects.filter(subject=use.document.subject, digest__in=use.scan_digests)
    }
    return [found[digest] for digest in use.scan_digests if digest in found]


def signed_for_trial(use: SealUse) -> bool:
    """Tell whether a file was signed with the trial certificate of this installation."""
    from hemu.papers import signing  # slow to load

    return signing.is_trial(use.signer)
