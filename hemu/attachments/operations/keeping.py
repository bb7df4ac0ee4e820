"""Keeping a file: looked at, drawn anew, sealed, and then a draft of its uploader until an act names it."""

import hashlib
from datetime import datetime

from hemu.attachments.models import KeptFile
from hemu.attachments.operations.showing import showing_of
from hemu.attachments.operations.storing import link_bytes, remove_bytes, write_bytes
from hemu.attachments.rules import MOST_DRAFTS, media_of, use_of
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id


def keep_file(*, data: bytes, use: str, by: str, now: datetime) -> KeptFile:
    """Keep a file as a draft of its uploader and return its row.

    Reading and drawing take long, so they come before the one row that is written; bytes without a row, after a
    crash in between, are found by `hemu files verify`.

    Args:
        data: the whole file.
        use: photo, before, after, slip, signature, voice or paper.
        by: the key of the actor, ``staff:…`` or ``owner:…``.

    Raises:
        RuleViolation: ``file.empty``, ``file.too_large``, ``file.unknown_type``, ``file.no_video``,
            ``file.broken``, ``file.too_many_pixels``, ``file.unknown_use``, ``file.other_use``,
            ``file.too_many_drafts``.
    """
    media = media_of(data)
    use_of(use, media)
    if KeptFile.objects.filter(uploaded_by=by, subject="")[:MOST_DRAFTS].count() >= MOST_DRAFTS:
        raise RuleViolation("file.too_many_drafts", limit=MOST_DRAFTS)
    row = lay_down(data=data, use=use, by=by, now=now)
    try:
        row.save(force_insert=True)
    except BaseException:
        remove_bytes(row.names)
        raise
    return row


def lay_down(*, data: bytes, use: str, by: str, now: datetime) -> KeptFile:
    """Write a file's bytes and return its row, which is not saved: the act saves it that the file was made for.

    Raises:
        RuleViolation: as `keep_file`; a file that the house makes itself has no number of drafts.
    """
    media = media_of(data)
    use_of(use, media)
    showing = showing_of(media, data)
    row = KeptFile(
        id=new_id(now),
        digest=hashlib.sha256(data).hexdigest(),
        media_type=media.type,
        kind=media.kind,
        use=use,
        size=len(data),
        width=showing.width,
        height=showing.height,
        uploaded_by=by,
        uploaded_at=now,
    )
    try:
        write_bytes(row.original_name, data)
        if showing.data is data:
            link_bytes(row.shown_name, to=row.original_name, data=data)
        else:
            write_bytes(row.shown_name, showing.data)
        if showing.thumb:
            write_bytes(row.thumb_name, showing.thumb)
    except BaseException:
        remove_bytes(row.names)
        raise
    return row
