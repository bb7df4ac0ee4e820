"""The owners' own door: sending a code, logging in and out, writing a word, *me too*, tying a word to a home."""

from hemu.portal.operations.door import log_out, log_out_everywhere, open_session, send_code, sweep
from hemu.portal.operations.matching import match_word
from hemu.portal.operations.speaking import say_me_too, write_word

__all__ = [
    "log_out",
    "log_out_everywhere",
    "match_word",
    "open_session",
    "say_me_too",
    "send_code",
    "sweep",
    "write_word",
]
