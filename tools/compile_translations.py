"""Compile translation catalogues: `python tools/compile_translations.py FILE.po …` writes FILE.mo beside each."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

for name in sys.argv[1:]:
    source = Path(name)
    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parent.parent.name)
    with source.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalogue)
