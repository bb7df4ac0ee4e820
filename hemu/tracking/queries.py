"""Finding a case by its number and code, for somebody who has no link and no name with us."""

from django.utils.crypto import constant_time_compare, salted_hmac

from hemu.foundation.errors import RuleViolation
from hemu.foundation.numbering import format_number, parse_number
from hemu.service_requests.models import Request
from hemu.tracking.rules import read_code, written_code


def tracking_code(number: str, *, since: str = "") -> str:
    """Return the code of a case, worked out from its number under our seal and kept nowhere.

    Args:
        since: when the case's links were last revoked, ISO 8601; a code given out before opens nothing then.
    """
    return written_code(salted_hmac("hemu.tracking", f"{number}|{since}", algorithm="sha256").digest())


def code_of(request: Request) -> str:
    """Return the code that opens a case now."""
    since = request.links_since.isoformat() if request.links_since else ""
    return tracking_code(request.number, since=since)


def tracked_request(*, number: str, code: str) -> Request:
    """Return the case of a number and its code; a wrong number and a wrong code answer alike.

    Raises:
        RuleViolation: ``tracking.not_found``.
    """
    try:
        plain = format_number(*parse_number(number))
    except RuleViolation:
        plain = ""
    rows = Request.objects.select_related("community__office", "merged_into")
    request = rows.filter(number=plain).first() if plain else None
    expected = code_of(request) if request else tracking_code("")
    if not constant_time_compare(read_code(code), expected) or request is None:
        raise RuleViolation("tracking.not_found")
    return request
