"""The script that opens a job's page again without network; from this address it may look after these pages alone."""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hemu.infra.web.needs import PUBLIC, needs


@needs(PUBLIC)
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """Answer with the script; it holds nothing of anybody."""
    return HttpResponse(_script(), content_type="text/javascript")


@cache
def _script() -> bytes:
    path = finders.find("hemu/phone-worker.js")
    assert isinstance(path, str)  # it lies in the kit
    return Path(path).read_bytes()
