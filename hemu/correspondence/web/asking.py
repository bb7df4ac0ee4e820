"""Reading what forms of both sides send."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import typed_day, typed_moment


def read_day(text: str) -> date | None:
    """Return a day as forms send it; None for anything else."""
    try:
        return typed_day(text)
    except ValueError:
        return None


def read_moment(text: str) -> datetime | None:
    """Return a moment as forms send it; None for anything else."""
    try:
        return typed_moment(text) if text else None
    except ValueError:
        return None


def read_id(text: str) -> UUID | None:
    """Return the id of whoever was chosen; None where nobody was."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise RuleViolation("correspondence.unknown_member") from None


def read_version(text: str) -> int:
    """Return the version that a form showed; -1 where it names none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def read_after(request: HttpRequest) -> UUID | None:
    """Return after which row a page of a list begins (GET: after)."""
    try:
        return UUID(request.GET["after"]) if request.GET.get("after") else None
    except ValueError as error:
        raise Http404(request.GET["after"]) from error


def posted(request: HttpRequest, names: tuple[str, ...]) -> dict[str, str]:
    """Return what was typed into these fields."""
    return {name: request.POST.get(name, "") for name in names}


def chosen(request: HttpRequest, names: tuple[str, ...]) -> Mapping[str, Any]:
    """Return with what a form begins, from its address."""
    return {name: request.GET.get(name, "") for name in names}
