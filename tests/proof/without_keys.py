"""The negative control of C1: the product's web with keys that are not kept."""

from hemu.config.wsgi import application
from hemu.infra import idempotency
from hemu.infra.models import IdempotentAnswer

__all__ = ["application"]


def not_kept(row: IdempotentAnswer, *, wait: bool) -> bool:
    """Say that the key is new, whatever it is."""
    return True


idempotency._inserted = not_kept
