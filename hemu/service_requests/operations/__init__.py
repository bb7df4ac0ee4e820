"""Writing service requests: registering one, and taking it through the steps of its table."""

from hemu.service_requests.operations.links import (
    make_owner_link,
    owner_key,
    owner_request,
    revoke_owner_links,
)
from hemu.service_requests.operations.registering import Caller, register_request, take_numbers
from hemu.service_requests.operations.stepping import take_step

__all__ = [
    "Caller",
    "make_owner_link",
    "owner_key",
    "owner_request",
    "register_request",
    "revoke_owner_links",
    "take_numbers",
    "take_step",
]
