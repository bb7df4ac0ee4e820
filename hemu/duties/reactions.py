"""Duties watch the whole book."""

from hemu.duties.operations import watch
from hemu.ledger.entries import Reaction

REACTIONS = (Reaction("*", watch),)
