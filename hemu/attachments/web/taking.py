"""Files as forms bring them: named by id where a script sent them ahead, or in the form itself where none ran."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, JsonResponse
from django.urls import reverse

from hemu.attachments.models import KeptFile
from hemu.attachments.operations import keep_file
from hemu.attachments.queries import drafts_of
from hemu.attachments.rules import BIGGEST, MEGABYTE, USES, ids_said
from hemu.attachments.wording import USES as USE_WORDS
from hemu.foundation.errors import RuleViolation
from hemu.infra.refusals import words_for

IN_THE_FORM = "file."
"""A file field is named ``file.USE``; the ids of what was sent ahead stand in ``files``."""


@dataclass(frozen=True)
class Brought:
    """What a form brought.

    Attributes:
        ids: of drafts, to be named in the act.
        said: the same as it was sent, for the idempotency key: a file sent twice has two ids and one digest.
    """

    ids: list[str] = field(default_factory=list)
    said: str = ""


def files_brought(request: HttpRequest, *, by: str, now: datetime) -> Brought:
    """Return the files that a form names, those that it carries kept first.

    Raises:
        RuleViolation: those of ``keep_file``; ``file.too_many``.
    """
    ids = ids_said(request.POST.getlist("files"))
    said = list(ids)
    for use in USES:
        for file in request.FILES.getlist(IN_THE_FORM + use):
            data = read_upload(file)
            ids.append(str(keep_file(data=data, use=use, by=by, now=now).id))
            said.append(hashlib.sha256(data).hexdigest())
    return Brought(ids_said(ids), ",".join(said))


def read_upload(file: object) -> bytes:
    """Return the bytes of an uploaded file.

    Raises:
        RuleViolation: ``file.none_chosen``, ``file.too_large``.
    """
    if not isinstance(file, UploadedFile):
        raise RuleViolation("file.none_chosen")
    if (file.size or 0) > BIGGEST:
        raise RuleViolation("file.too_large", limit=BIGGEST // MEGABYTE)
    return bytes(file.read())


def kept_answer(request: HttpRequest, *, by: str, now: datetime) -> JsonResponse:
    """Keep the one file of an upload (POST: file, use) and answer with its id, or with why it was not taken."""
    try:
        data = read_upload(request.FILES.get("file"))
        row = keep_file(data=data, use=request.POST.get("use", ""), by=by, now=now)
    except RuleViolation as refusal:
        return JsonResponse({"error": refusal.code, "message": words_for(refusal)}, status=422)
    return JsonResponse({"id": str(row.id), "kind": row.kind, "use": row.use}, status=201)


def draft_rows(by: str, values: Sequence[str], *, base: str = "") -> list[dict[str, Any]]:
    """Return the drafts that a refused form named, as `c-files` shows them again.

    Args:
        base: the address under which they are seen, where it is not the staff's own.
    """
    try:
        ids = ids_said(values)
    except RuleViolation:
        return []
    drafts = drafts_of(by, ids) if ids else []
    if not base:
        return [shown_row(row) for row in drafts]
    return [shown_row(row, url=f"{base}{row.id}/", thumb_url=f"{base}{row.id}/thumb/") for row in drafts]


def shown_row(row: KeptFile, *, url: str = "", thumb_url: str = "") -> dict[str, Any]:
    """Return a file as pages show it, at the staff's addresses where none are given."""
    return {
        "id": str(row.id),
        "kind": row.kind,
        "use": row.use,
        "use_word": USE_WORDS[row.use],
        "url": url or reverse("file", args=[row.id]),
        "thumb_url": thumb_url or reverse("file_thumb", args=[row.id]),
        "width": row.width,
        "height": row.height,
    }
