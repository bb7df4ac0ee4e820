"""The bytes of kept files in an archive: under ``files/`` and the name they have in the store."""

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps.registry import Apps

from hemu.attachments.models import KeptFile
from hemu.attachments.operations.storing import remove_bytes, store, write_bytes
from hemu.attachments.queries import bytes_of

TOP = "files/"
SLICE = 500
FIELDS = {field.attname for field in KeptFile._meta.concrete_fields}


def write_files(archive: zipfile.ZipFile, registry: Apps) -> list[str]:
    """Write originals and copies of all rows of the snapshot; return the names of those that are missing.

    A draft that the worker sweeps meanwhile is missing and no loss: it is left out without a word.
    """
    missing: list[str] = []
    # The models of a database that is behind know no properties.
    for found in (
        registry.get_model("attachments", "KeptFile")._default_manager.order_by("pk").iterator(SLICE)
    ):
        row = KeptFile(**{name: value for name, value in vars(found).items() if name in FIELDS})
        for name in row.names:
            data = bytes_of(name)
            if data is not None:
                # Pictures and sound are packed already.
                archive.writestr(zipfile.ZipInfo(TOP + name), data, compress_type=zipfile.ZIP_STORED)
            elif row.subject:
                missing.append(name)
    return missing


@contextmanager
def read_files(archive: zipfile.ZipFile, missing: list[str]) -> Iterator[None]:
    """Bring the bytes of the rows just read into the store, and take them back if what follows fails.

    Args:
        missing: names that were missing when the archive was made.

    Raises:
        ValueError: an original is not what its row says.
        KeyError: bytes are lacking that the archive should hold.
    """
    written: list[str] = []
    try:
        for row in KeptFile.objects.order_by("pk").iterator(chunk_size=SLICE):
            for name in row.names:
                if name in missing or (not row.subject and TOP + name not in archive.namelist()):
                    continue
                data = archive.read(TOP + name)
                if name == row.original_name and hashlib.sha256(data).hexdigest() != row.digest:
                    raise ValueError(name)
                store().delete(name)
                written.append(name)
                write_bytes(name, data)
        yield
    except BaseException:
        remove_bytes(written)
        raise
