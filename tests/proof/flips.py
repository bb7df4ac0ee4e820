"""One bit turned over in a file, as a dying disk does."""

import random
from pathlib import Path


def flipped(path: Path, chance: random.Random) -> Path:
    """Return a copy with one bit turned over anywhere in it."""
    content = bytearray(path.read_bytes())
    place = chance.randrange(len(content))
    content[place] ^= 1 << chance.randrange(8)
    copy = path.with_suffix(f".{place}")
    copy.write_bytes(content)
    return copy
