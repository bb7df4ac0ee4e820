"""One signature's container after the other, at the cost of the signature alone.

pyHanko makes the container of a certificate once; of two containers only the digest, the signature and the lengths
around them differ, so the next ones are put together from its parts.
"""

import asyncio
from dataclasses import dataclass
from hashlib import sha256

from asn1crypto import cms
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.sign.signers import SimpleSigner

DIGEST = "sha256"
_SEQUENCE, _SET, _OCTETS, _EXPLICIT = 0x30, 0x31, 0x04, 0xA0
_SAMPLE = sha256(b"hemu").digest()


@dataclass(frozen=True)
class Frame:
    """What stays the same in every container of one certificate, as DER.

    Attributes:
        head: version, digest algorithms and certificates of the signed data.
        signer: version, certificate and digest algorithm of the signer.
        attributes: what is signed, as the set that it is, before and after the digest of the file.
        algorithm: of the signature.
    """

    key: ec.EllipticCurvePrivateKey
    head: bytes
    signer: bytes
    attributes: tuple[bytes, bytes]
    algorithm: bytes

    def container(self, digest: bytes) -> bytes:
        """Return the container that signs a file of this SHA-256."""
        attributes = digest.join(self.attributes)
        signature = self.key.sign(attributes, ec.ECDSA(hashes.SHA256()))
        # In the container the set bears the tag [0]; what is signed is the set itself (RFC 5652, 5.4).
        parts = (
            self.signer + bytes([_EXPLICIT]) + attributes[1:] + self.algorithm + _wrapped(_OCTETS, signature)
        )
        signed = _wrapped(_SEQUENCE, self.head + _wrapped(_SET, _wrapped(_SEQUENCE, parts)))
        kind = cms.ContentType("signed_data").dump()
        return _wrapped(_SEQUENCE, kind + _wrapped(_EXPLICIT, signed))


def frame_of(signer: SimpleSigner, key: ec.EllipticCurvePrivateKey) -> Frame:
    """Return the frame of a signer's containers, taken from one that pyHanko made."""
    made = asyncio.run(signer.async_sign(_SAMPLE, DIGEST, use_pades=True))
    signed = cms.ContentInfo.load(made.dump())["content"]
    info = signed["signer_infos"][0]
    before, after = info["signed_attrs"].untag().dump().split(_SAMPLE)
    return Frame(
        key,
        b"".join(
            signed[name].dump()
            for name in ("version", "digest_algorithms", "encap_content_info", "certificates")
        ),
        b"".join(info[name].dump() for name in ("version", "sid", "digest_algorithm")),
        (before, after),
        info["signature_algorithm"].dump(),
    )


def _wrapped(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content
