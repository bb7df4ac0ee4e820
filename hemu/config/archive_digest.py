"""The digest that covers every byte of an archive: its last bytes, in the zip's own comment.

A zip's checksums cover the packed rows alone; what stands in its headers, between them and in its directory may turn over
and nobody notices. The manifest says that there is a digest, so that one whose mark is spoilt is not taken for an
archive of a version that wrote none.
"""

import hashlib
import zipfile
from pathlib import Path
from typing import BinaryIO

METHOD = "sha256"
"""What the manifest names under ``digest``."""
MARK = f"{METHOD}:".encode()
LENGTH = hashlib.sha256().digest_size * 2
PIECE = 1 << 20


def keep_place(archive: zipfile.ZipFile) -> None:
    """Keep the place of the digest at the archive's end; call it before the archive is closed."""
    archive.comment = MARK + b"0" * LENGTH


def write_digest(path: Path) -> None:
    """Write the digest of all bytes before it over the place that was kept for it."""
    with path.open("r+b") as file:
        digest = _digest(file, path.stat().st_size - LENGTH)
        file.seek(-LENGTH, 2)
        file.write(digest)


def has_digest(path: Path) -> bool:
    """Tell whether a file carries the mark of a digest, after having compared it.

    Raises:
        ValueError: a byte of it is not what was written.
        OSError: it cannot be read.
    """
    size = path.stat().st_size
    if size < len(MARK) + LENGTH:
        return False
    with path.open("rb") as file:
        file.seek(-len(MARK) - LENGTH, 2)
        mark, told = file.read(len(MARK)), file.read(LENGTH)
        if mark != MARK:
            return False
        file.seek(0)
        if _digest(file, size - LENGTH) != told:
            raise ValueError("digest")
    return True


def _digest(file: BinaryIO, length: int) -> bytes:
    found = hashlib.new(METHOD)
    while length > 0:
        piece = file.read(min(PIECE, length))
        if not piece:
            raise EOFError
        found.update(piece)
        length -= len(piece)
    return found.hexdigest().encode()
