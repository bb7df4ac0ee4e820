"""What a view needs, said on the view itself; the gate serves none that says nothing."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.http.response import HttpResponseBase

PUBLIC = "public"
"""Open to everybody, or guarded by a token of its own."""
SIGNED_IN = "signed in"
TOKEN = "token"
"""The token of another system; each operation behind it says which permission it asks."""
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def needs(permission: str) -> Callable[[View], View]:
    """Declare what a view needs: a permission, ``SIGNED_IN``, ``TOKEN`` or ``PUBLIC``."""

    def mark(view: View) -> View:
        cast("Any", view).needs = permission
        return view

    return mark


def needed(view: Any) -> str | None:
    """Return what a view declared; None where it declared nothing."""
    need = getattr(view, "needs", None)
    return need if isinstance(need, str) else None
