"""What is written into the book while setting up; the subject is the company, an office or a community."""

from hemu.ledger.entries import Kind

KINDS = (
    Kind("setup.named", {"what": str}, frozenset({"what"})),
    Kind("setup.community_opened", {"community": str}, frozenset({"community"})),
    Kind("setup.profile_set", {"keys": list, "since": str}, frozenset({"keys", "since"})),
    Kind("setup.department_opened", {"department": str, "trade": str}, frozenset({"department", "trade"})),
    Kind("setup.channel_tested", {"channel": str, "ok": bool, "code": str}, frozenset({"channel", "ok"})),
    Kind("setup.begun"),
)
