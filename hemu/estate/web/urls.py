from django.http import HttpRequest, HttpResponse
from django.urls import path

from hemu.infra.web.needs import needs


@needs("roster.import")
def roster(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("", roster, name="roster")]
