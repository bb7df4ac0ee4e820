"""Drafting a month's complaint digest: figures from the cases, words by staff, names and rooms taken out by rule."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from hemu.access.actors import Actor
from hemu.estate.models import Community
from hemu.foundation.anonymity import redact
from hemu.foundation.errors import RuleViolation
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act
from hemu.notices.models import Notice
from hemu.notices.operations_notices import draft_notice
from hemu.notices.queries_digest import digest_of, month_of
from hemu.notices.queries_publishing import known_names
from hemu.notices.rules_digest import subject_of

KIND = "complaint_digest"


@operation
def draft_digest(
    *,
    community: Community,
    on: datetime,
    words: Mapping[str, str],
    since: date | None,
    until: date | None,
    by: Actor,
    act: Act,
    places: Sequence[str] = (),
) -> Notice:
    """Draft the digest of a month as a notice (RP-06); what staff wrote is kept beside it for who approves (NT-10).

    Args:
        on: any moment of the month, which must be over.
        words: what staff wrote of a group, by `Group.key`.

    Raises:
        RuleViolation: ``digest.not_over`` and those of `draft_notice`.
    """
    month = month_of(community, on)
    if act.recorded_at < month.end:
        raise RuleViolation("digest.not_over")
    digest, names = digest_of(community, month), known_names(community)
    cleaned = {key: redact(text, names=names).text for key, text in words.items()}
    year, number = month.key.split("-")
    return draft_notice(
        community=community,
        kind=KIND,
        title=f"{year}年{int(number)}月投诉处理情况公布",
        body=digest.body(cleaned),
        original=digest.body(dict(words)),
        since=since,
        until=until,
        places=places,
        subject=subject_of(community.id.hex, month.key),
        by=by,
        act=act,
    )
