"""A small disk of its own that can be filled: a tmpfs, mounted where this process may (as root), else nothing."""

import errno
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

SLICE = 64 * 1024


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path | None]:
    """Yield the folder of a mounted tmpfs of that size, None where mounting is not permitted."""
    with TemporaryDirectory(prefix="hemu-disk-") as name:
        folder = Path(name)
        options = ["-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "tmpfs", str(folder)]
        if subprocess.run(["mount", *options], capture_output=True).returncode != 0:
            yield None
            return
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Write a file that takes all the room there is; return it."""
    filler = folder / "filler"
    with filler.open("ab", buffering=0) as file:
        for size in (SLICE, 4096, 512):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
    return filler
