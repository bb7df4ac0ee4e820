"""Settings: `local` on 127.0.0.1 over plain http by default, `server` behind https when HEMU_HTTPS=1.

Everything an installation chooses is an environment variable; README lists them.
"""

import os
import secrets

import environ

from hemu.infra.home import PROJECT, home_from
from hemu.infra.logs import form_from, logging_settings
from hemu.infra.sqlite import prefer_bundled_sqlite

prefer_bundled_sqlite()

env = environ.Env()
HOME = home_from(os.environ)
HOME.mkdir(parents=True, exist_ok=True, mode=0o700)

HTTPS = env.bool("HEMU_HTTPS", default=False)
DEBUG = False


def _secret_key() -> str:
    """Return the installation's key, made once and kept beside its database."""
    given: str = env.str("HEMU_SECRET_KEY", default="")
    if given:
        return given
    path = HOME / "secret.key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text().strip()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("HEMU_ALLOWED_HOSTS", default=["*"] if not HTTPS else [])
if HTTPS:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost"]  # whoever asks /readyz and /metrics on this machine
# The proxies whose X-Forwarded-For and X-Forwarded-Proto count: addresses and networks.
TRUSTED_PROXIES = env.list("HEMU_TRUSTED_PROXIES", default=[])
# Who may ask for /metrics: without a token only this machine itself.
METRICS_TOKEN = env.str("HEMU_METRICS_TOKEN", default="")
CSRF_TRUSTED_ORIGINS = env.list("HEMU_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "lucide",
    "csp",
    "hemu.infra",
    "hemu.ledger",
    "hemu.estate",
    "hemu.access",
    "hemu.attachments",
    "hemu.messaging",
    "hemu.duties",
    "hemu.duty_wall",
    "hemu.sign_in",
    "hemu.papers",
    "hemu.paper_arranging",
    "hemu.staffing",
    "hemu.committee",
    "hemu.service_requests",
    "hemu.attesting",
    "hemu.quality",
    "hemu.praise",
    "hemu.front_desk",
    "hemu.dispatching",
    "hemu.return_visits",
    "hemu.field_work",
    "hemu.stewardship",
    "hemu.notices",
    "hemu.filing",
    "hemu.delivering",
    "hemu.contact_channels",
    "hemu.procedures",
    "hemu.adjusting",
    "hemu.reports",
    "hemu.figures",
    "hemu.supervision",
    "hemu.statements",
    "hemu.tracking",
    "hemu.paper_pads",
    "hemu.request_papers",
    "hemu.record_papers",
    "hemu.portal",
    "hemu.correspondence",
    "hemu.meetings",
    "hemu.setting_up",
    "hemu.duty_calendar",
    "hemu.committee_desk",
    "hemu.interface",
    "hemu.console",
]

MIDDLEWARE = [
    "hemu.infra.web.proxy.ProxyMiddleware",
    "hemu.infra.web.watch.WatchMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # below what guards every answer, files of the kit too
    "hemu.infra.web.caching.NothingKeptMiddleware",
    "hemu.infra.web.writable.CookieMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hemu.infra.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hemu.access.web.gate.GateMiddleware",
    "hemu.infra.web.writable.WritableMiddleware",
]

ROOT_URLCONF = "hemu.config.urls"
WSGI_APPLICATION = "hemu.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "hemu.infra.web.context.page",
                "hemu.console.web.shell.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "hemu.infra.templatetags.hemu",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]
COTTON_DIR = "cotton"

# ── databases ────────────────────────────────────────────────────────────────

_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "OPTIONS": {
        # IMMEDIATE: a writer waits for its turn at BEGIN instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # recursive_triggers: without it INSERT OR REPLACE deletes a row past the ledger's delete trigger.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            " PRAGMA recursive_triggers=ON; PRAGMA cache_size=-32000; PRAGMA busy_timeout=20000"
        ),
    },
}
_url = env.str("HEMU_DATABASE_URL", default=env.str("DATABASE_URL", default=""))
if _url and not _url.startswith("sqlite"):
    _database = env.db_url_config(_url) | {"OPTIONS": {}, "CONN_HEALTH_CHECKS": True}
else:
    _name = env.db_url_config(_url)["NAME"] if _url else str(HOME / "hemu.sqlite3")
    _database = _SQLITE | {"NAME": _name}
DATABASES = {"default": _database | {"CONN_MAX_AGE": 60, "TIME_ZONE": None}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── people ───────────────────────────────────────────────────────────────────

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["hemu.access.backend.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "log_in"
LOGIN_REDIRECT_URL = "home"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "hemu.infra.web.errors.csrf_failure"

# ── time and words ───────────────────────────────────────────────────────────

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PROJECT / "hemu" / "locale"]

# ── messages out ─────────────────────────────────────────────────────────────

# The address under which owners reach this installation; without one a message goes out without its link.
PUBLIC_URL = env.str("HEMU_URL", default=CSRF_TRUSTED_ORIGINS[0] if CSRF_TRUSTED_ORIGINS else "").rstrip("/")
SMS_URL = env.str("HEMU_SMS_URL", default="")
SMS_STATUS_URL = env.str("HEMU_SMS_STATUS_URL", default="")
SMS_SECRET = env.str("HEMU_SMS_SECRET", default="")
WECOM_URL = env.str("HEMU_WECOM_URL", default="")
EMAIL_URL = env.str("EMAIL_URL", default="")
if EMAIL_URL:
    globals().update(env.email_url_config(EMAIL_URL))
DEFAULT_FROM_EMAIL = env.str("HEMU_EMAIL_FROM", default=globals().get("EMAIL_HOST_USER") or "hemu@localhost")
GATEWAY_TIMEOUT_SECONDS = env.float("HEMU_GATEWAY_TIMEOUT", default=10.0)
# Private networks to which messages and webhooks may go, such as 10.1.0.0/16: an SMS gateway in one's own house.
PRIVATE_NETWORKS = env.list("HEMU_PRIVATE_NETWORKS", default=[])
GATEWAY_PLAIN_HTTP = env.bool("HEMU_GATEWAY_PLAIN_HTTP", default=False)

# ── other systems ────────────────────────────────────────────────────────────

# Calls a minute for each token, in each web process.
API_CALLS_A_MINUTE = env.int("HEMU_API_CALLS_A_MINUTE", default=600)

# ── files ────────────────────────────────────────────────────────────────────

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # stays empty: whitenoise serves from the rooms themselves
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False  # fonts and scripts are for our own pages
# Pictures, voice notes and papers lie outside what is served; a view shows their copies to those who may see them.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "files": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": HOME / "files",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}
# Key, certificate and chain (PEM, P-256) with which finished papers are signed; without one a trial one is made.
PAPER_KEY = env.str("HEMU_PAPER_KEY", default="")
FILE_UPLOAD_HANDLERS = [
    "hemu.infra.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
UPLOAD_MOST_BYTES = 64 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20

# ── what a browser may do ────────────────────────────────────────────────────

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [
        "^healthz$",
        "^readyz$",
        "^metrics$",
    ]  # asked for on this machine, without a proxy
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # A browser takes such a name only over https, for this host alone: no neighbouring host can plant it.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

LOG_FORM = form_from(os.environ, https=HTTPS)
LOG_FILE = env.str("HEMU_LOG_FILE", default="")
LOGGING = logging_settings(LOG_FORM, LOG_FILE)
