"""An act that a form brings, with its files: done once however often it is sent, and shown again where it is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from hemu.attachments.web.taking import Brought, files_brought
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once


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
    files = Brought()
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
