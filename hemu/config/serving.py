"""How gunicorn serves the pages: ``gunicorn -c python:hemu.config.serving hemu.config.wsgi:application``.

Reads HEMU_HOST (127.0.0.1), HEMU_PORT (8000), HEMU_WEB_WORKERS (1) and HEMU_WEB_THREADS (8 in each).
"""

import logging.config
import os
from typing import Any

from gunicorn.config import Config
from gunicorn.glogging import Logger

from hemu.infra.home import home_from
from hemu.infra.logs import form_from, logging_settings

_host = os.environ.get("HEMU_HOST") or "127.0.0.1"
_https = os.environ.get("HEMU_HTTPS", "").lower() in ("1", "true", "on", "yes")
_form = form_from(os.environ, https=_https)


class HouseLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Writes as the rest of the house does; who asked for what is told by the house's own line, not by gunicorn."""

    def setup(self, cfg: Config) -> None:
        """Hand everything to the handlers of the root."""
        self.cfg = cfg
        self._access_log_enabled = False
        self.loglevel = self.LOG_LEVELS[cfg.loglevel.lower()]
        self.error_log.setLevel(self.loglevel)
        self.error_log.propagate = True
        logging.config.dictConfig(logging_settings(_form, os.environ.get("HEMU_LOG_FILE", "")))

    def access(self, *answered: Any) -> None:
        """Say nothing: paths hold owners' links."""


_port = os.environ.get("HEMU_PORT") or "8000"
bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
worker_class = "gthread"
workers = int(os.environ.get("HEMU_WEB_WORKERS") or 1)
threads = int(os.environ.get("HEMU_WEB_THREADS") or 8)
timeout = 60
graceful_timeout = 10
loglevel = "info" if _form == "json" else "warning"
logger_class = HouseLogger
control_socket_disable = True
# Whether a proxy is to be believed is decided in one place, by HEMU_TRUSTED_PROXIES.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
# Each process of the web writes its counts into a file of this folder; /metrics adds them up.
_counts = home_from(os.environ) / "metrics" / _port
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_counts)


def on_starting(server: Any) -> None:
    """Begin counting at nothing; a reload keeps what was counted."""
    _counts.mkdir(parents=True, exist_ok=True)
    for file in _counts.glob("*.db"):
        file.unlink()
