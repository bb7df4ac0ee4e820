"""The interface `/api/v1` and its description."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, register_converter
from django.urls.converters import PathConverter
from django.views.decorators.http import require_GET
from ninja import NinjaAPI
from ninja.utils import replace_path_param_notation

from hemu.infra.web.needs import PUBLIC, needs
from hemu.infra.web.problems import MEDIA_TYPE
from hemu.interface.web import book, cases, files, places, rosters
from hemu.interface.web.serving import answer_problems, no_such_address, served

PREFIX = "api/v1/"


class AnythingConverter(PathConverter):
    """The rest of an address, the end of a line in it, too."""

    regex = r"[\s\S]+"


register_converter(AnythingConverter, "anything")
PROBLEMS = {
    400: "请求读不出来 · unreadable",
    401: "没有令牌或令牌无效 · no token, or none that is valid",
    403: "令牌的角色没有这项权限 · not permitted",
    404: "没有，或者令牌管不到 · not there, or not yours",
    409: "已被别人改过，或钥匙正在用 · changed meanwhile, or the key is in use",
    413: "太大 · too large",
    422: "内容不合要求，code 是规则的代号 · refused, `code` is the rule's",
    429: "太快了，Retry-After 秒后再来 · too many",
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "按 Accept-Language 的一句话 · one sentence"},
        "code": {"type": "string"},
        "version": {"type": "integer"},
        "params": {"type": "object"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["at", "code", "detail"],
                "properties": {name: {"type": "string"} for name in ("at", "code", "detail")},
            },
        },
    },
}


def _made() -> NinjaAPI:
    made = NinjaAPI(
        title="和睦 · Hemu",
        version="1",
        openapi_url=None,
        docs_url=None,
        description="物业服务诉求与台账的对接接口 · the interface of a property company's service requests",
    )
    answer_problems(made)
    for router in (cases.router, files.router, book.router, places.router, rosters.router):
        made.add_router("", router)
    return made


api = _made()


def description() -> dict[str, Any]:
    """Return the OpenAPI document: ninja's, with the problems and the headers that every operation shares."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    found["components"]["schemas"]["Problem"] = PROBLEM
    answer = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for methods in found["paths"].values():
        for operation in methods.values():
            for each in operation["parameters"]:
                each["schema"] = _said_or_left_out(each["schema"])
            for status, words in PROBLEMS.items():
                operation["responses"][status] = {"description": words, "content": answer}
            operation["responses"][429]["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return found


def _said_or_left_out(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter without null: in an address nothing can be null, only left out."""
    kinds = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    if len(kinds) != 1:
        return schema
    rest = {name: value for name, value in schema.items() if name not in ("anyOf", "default")}
    return {**kinds[0], **rest}


@needs(PUBLIC)
@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """Show the description; it names nothing of this installation."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


def routes() -> list[URLPattern]:
    """Return one address for each path of the interface, and what answers to all others under it."""
    found = {"openapi.json": path("openapi.json", openapi, name="api_openapi")}
    for bound in api._get_bound_routers():
        for template, view in bound.path_operations.items():
            route = replace_path_param_notation(template).lstrip("/")
            name = view.operations[0].url_name
            found[route] = path(route, served(view.get_view()), name=name)
    return [*found.values(), path("<anything:rest>", no_such_address, name="api_nothing")]
