"""Another system that calls the interface with its token."""

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

from hemu.access.models import Token
from hemu.access.operations import make_token
from hemu.access.tests.house import at
from hemu.estate.models import Community
from hemu.infra.clock import standing_at
from hemu.infra.identity import new_id

NOW = "2026-09-30 16:00"
"""A Wednesday, the last working day before the National Day rest of 2026."""
REPAIR = {"type": "repair_home", "text": "厨房水管漏水。", "home": "1-2-301", "phone": "19900001234"}


@dataclass(frozen=True)
class Caller:
    """A token and the client that sends it; the clock stands at ``NOW`` unless told otherwise."""

    token: Token
    secret: str

    @classmethod
    def of(cls, role: str, *communities: Community, name: str = "") -> "Caller":
        now = at(NOW)
        where = list(communities) or None
        token, secret = make_token(
            name=name or f"{role} {new_id(now).hex[-6:]}", role=role, communities=where, now=now, ends_at=None
        )
        Token.objects.filter(id=token.id).update(
            last_used_at=now
        )  # the minute's note of the use is no part of a call
        return cls(token, secret)

    @property
    def key(self) -> str:
        return f"integration:{self.token.id}"

    def get(self, address: str, *, when: str = NOW, **more: Any) -> Any:
        return self._call("get", address, when, more.pop("headers", {}), **more)

    def post(self, address: str, body: object, *, key: str = "k-1", when: str = NOW, **more: Any) -> Any:
        headers = {"Idempotency-Key": key, **more.pop("headers", {})}
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._call(
            "post", address, when, headers, data=content, content_type="application/json", **more
        )

    def send(self, address: str, form: dict[str, Any], *, key: str) -> Any:
        """Post a form with a file."""
        return self._call("post", address, NOW, {"Idempotency-Key": key}, data=form)

    def register(self, *, key: str = "k-1", when: str = NOW, **values: Any) -> Any:
        return self.post("requests", {"community": "和风花园", **REPAIR, **values}, key=key, when=when)

    def step(
        self, number: str, step: str, version: int, *, key: str = "s-1", when: str = NOW, **more: Any
    ) -> Any:
        body = {"expected_version": version, **more}
        return self.post(f"requests/{number}/steps/{step}", body, key=key, when=when)

    def _call(self, method: str, address: str, when: str, headers: dict[str, str], **more: Any) -> Any:
        sent = {"Authorization": f"Bearer {self.secret}", "Accept-Language": "zh-hans", **headers}
        with standing_at(at(when)):
            return getattr(Client(), method)(f"/api/v1/{address}", headers=sent, **more)
