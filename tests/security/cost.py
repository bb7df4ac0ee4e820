"""What it costs to make pictures fit to be shown: each in a process of its own, forked from one that is warm.

python -m tests.security.cost FILE…     prints, for each, the seconds of the processor and by how many MB the process grew
"""

import io
import json
import os
import sys
from pathlib import Path

import django

django.setup()

from PIL import Image  # noqa: E402

from hemu.attachments.operations.showing import showing_of  # noqa: E402
from hemu.attachments.rules import media_of  # noqa: E402


def shown(data: bytes) -> None:
    showing_of(media_of(data), data)


def spent(data: bytes) -> tuple[float, float]:
    """Return the seconds of the processor and the greatest size in MB of a process that does it and ends."""
    process = os.fork()
    if process == 0:
        shown(data)
        os._exit(0)
    _, status, usage = os.wait4(process, 0)
    assert status == 0
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    small = io.BytesIO()
    Image.new("RGB", (40, 30)).save(small, "JPEG")
    shown(small.getvalue())
    _, before = spent(small.getvalue())
    for name in sys.argv[1:]:
        seconds, size = spent(Path(name).read_bytes())
        print(json.dumps([Path(name).name, round(seconds, 2), round(size - before)]))
