"""An act that a form brings, with its files: done once however often it is sent, and shown again where it is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from hemu.attachments.web.taking import Brought, draft_rows, files_brought
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of


@dataclass(frozen=True)
class Tried:
    """What came of an act.

    Attributes:
        answer: what it returned, now or when it was sent before; empty where it was refused.
        files: what the form brought, so that a refused form shows it again.
        refusal: why it was not done.
    """

    answer: Mapping[str, Any] = field(default_factory=dict)
    files: Brought = field(default_factory=Brought)
    refusal: RuleViolation | None = None

    @property
    def status(self) -> int:
        """The status of the page that shows the form (again)."""
        return status_of(self.refusal) if self.refusal else 200

    def form(self, by: str, *, now: datetime, owners: bool = False) -> dict[str, Any]:
        """Return what every form with files shows: a key, where files go ahead, those there already, why it was refused.

        Args:
            owners: the form lies behind the owners' door, and its files with it.
        """
        upload = reverse("my_upload" if owners else "file_upload")
        return {
            "key": new_id(now).hex,
            "upload_url": upload,
            "drafts": draft_rows(by, self.files.ids, base=upload if owners else ""),
            "refusal": words_for(self.refusal) if self.refusal else "",
        }


UNTRIED = Tried()
"""What a form shows that was not sent yet."""


def try_act(
    request: HttpRequest,
    *,
    by: str,
    now: datetime,
    typed: Mapping[str, str],
    act: Callable[[list[str]], Mapping[str, Any]],
) -> Tried:
    """Take the files of a form and do its act under the key that the form carries (POST: files, key).

    Args:
        by: how the book names who acts.
        typed: what was typed and about what: the same key with other words is refused.
        act: takes the ids of the files; returns what a repeated form shall be answered with.
    """
    files = Brought(
        request.POST.getlist("files")
    )  # still there where one that comes with the form is refused
    try:
        files = files_brought(request, by=by, now=now)
        answer = once(
            account=by,
            key=request.POST.get("key", ""),
            body={**typed, "files": files.said},
            now=now,
            act=lambda: dict(act(files.ids)),
        )
    except RuleViolation as refusal:
        return Tried(files=files, refusal=refusal)
    return Tried(answer, files)
