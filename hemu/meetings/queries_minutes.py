"""Where the minutes of a meeting stand, and what they say."""

from typing import Any

from hemu.meetings.models import Meeting
from hemu.meetings.rules import Minutes, minutes_stand
from hemu.papers.models import Document
from hemu.papers.queries import version_of


def digest_of(paper: Document) -> str:
    """Return the digest of a paper's newest words."""
    return version_of(paper).digest


def stands(meeting: Meeting) -> Minutes:
    """Return where the minutes stand; what the chair said counts for the words that the chair read."""
    paper = meeting.minutes
    if paper is None:
        return Minutes.UNWRITTEN
    digest = digest_of(paper) if meeting.approved_digest or meeting.returned_digest else ""
    return minutes_stand(
        paper.state,
        approved=bool(digest) and meeting.approved_digest == digest,
        returned=bool(digest) and meeting.returned_digest == digest,
        published=meeting.published_at is not None,
    )


def content_of(paper: Document) -> dict[str, Any]:
    """Return what a paper says in its newest words: title, body, and their digest."""
    version = version_of(paper)
    return {"title": version.content["title"], "body": version.content["body"], "digest": version.digest}
