"""Whether the product lives and whether everything is there; and the choice of language."""

from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from hemu.infra import clock
from hemu.infra.heartbeat import SILENT_AFTER, WORKER
from hemu.infra.models import Heartbeat
from hemu.infra.web.language import COOKIE
from hemu.infra.web.needs import PUBLIC, needs


@needs(PUBLIC)
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200: the process lives."""
    return JsonResponse({"ok": True})


@needs(PUBLIC)
@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when database, migrations and worker are there, else 503 with what is missing."""
    missing = _missing(clock.now())
    return JsonResponse({"ok": not missing, "missing": missing}, status=503 if missing else 200)


def _missing(now: datetime) -> list[str]:
    try:
        if not _migrated():
            return ["migrations"]
        beat = Heartbeat.objects.filter(name=WORKER).first()
    except DatabaseError:
        return ["database"]
    return [] if beat and now - beat.beat_at < SILENT_AFTER else ["worker"]


_seen_migrated = False


def _migrated() -> bool:
    """Tell whether the database has all that this version knows; once it has, it is not asked again."""
    global _seen_migrated
    if not _seen_migrated:
        executor = MigrationExecutor(connection)
        _seen_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _seen_migrated


@needs(PUBLIC)
@require_GET
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the chosen language in a cookie and go back."""
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    if code in dict(settings.LANGUAGES):
        response.set_cookie(COOKIE, code, max_age=365 * 86400, samesite="Lax", secure=settings.HTTPS)
    return response
