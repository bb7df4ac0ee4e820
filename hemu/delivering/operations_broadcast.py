"""The emergency that cannot wait for a seal: told at once at any hour, after the director consented by phone (NT-04).

Its paper goes to the director for approval all the same; until then the book says by whose word it went out.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from hemu.access.actors import Actor
from hemu.delivering.operations import publish
from hemu.delivering.queries import consenters
from hemu.delivering.rules import check_consent
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import iso_utc, office_day
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act
from hemu.notices.models import Notice
from hemu.notices.operations_notices import draft_notice, write
from hemu.papers.operations import submit_paper

CHANNELS = ("app", "message", "broadcast")
HANGS = timedelta(days=2)


@operation
def broadcast_emergency(
    *,
    community: Community,
    title: str,
    body: str,
    consented_by: str,
    consented_at: datetime | None,
    heard: bool,
    by: Actor,
    act: Act,
    audience: Sequence[str] = (),
    roles: Collection[str] = (),
) -> Notice:
    """Tell an emergency at once, by message and on the owners' page; the words may be read out over loudspeakers.

    Args:
        consented_by: the director's key (``staff:…``); of somebody above where there is no director.
        consented_at: when, on the phone; within the last 12 hours.
        heard: this person heard it themselves.

    Raises:
        RuleViolation: ``broadcast.not_heard``, ``broadcast.nobody``, ``broadcast.no_time``, ``broadcast.in_future``,
            ``broadcast.too_old`` and those of `draft_notice`.
    """
    if not heard:
        raise RuleViolation("broadcast.not_heard")
    consented_at = check_consent(consented_at, now=act.recorded_at)
    if consented_by not in consenters(community.office, now=act.recorded_at):
        raise RuleViolation("broadcast.nobody")
    today = office_day(act.recorded_at)
    notice = draft_notice(
        community=community,
        kind="emergency",
        title=title,
        body=body,
        since=today,
        until=today + HANGS,
        channels=CHANNELS,
        audience=audience,
        roles=roles,
        by=by,
        act=act,
    )
    facts = {"consented_by": consented_by, "consented_at": iso_utc(consented_at)}
    write(notice, "notice.consented", act, facts, words={})
    notice.published_at = act.at
    notice.save(update_fields=["published_at"])
    publish(notice=notice, channels={"app", "message"}, act=act)
    submit_paper(document=notice.document_id, by=by, act=act)
    return notice
