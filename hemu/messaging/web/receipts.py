"""Where the gateway for text messages tells what became of them."""

import json
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hemu.infra import clock
from hemu.infra.web.needs import PUBLIC, needs
from hemu.messaging.channels import sms
from hemu.messaging.operations import hear_from_gateway
from hemu.messaging.rules import State

TOLD = (State.DELIVERED, State.SENT, State.FAILED)
LARGEST_BYTES = 4096


@needs(PUBLIC)
@csrf_exempt
@require_POST
def receipt(request: HttpRequest) -> JsonResponse:
    """Take a receipt (POST, JSON: id, state), signed with the secret shared with the gateway.

    Answers 200 also for one that tells nothing new, 401 where the signature is wrong or old, 404 where the message
    never went to the gateway, 422 where the body is none.
    """
    now, body = clock.now(), request.read(LARGEST_BYTES)
    stamp, signature = (request.headers.get(f"X-Hemu-{name}", "") for name in ("Timestamp", "Signature"))
    if not sms.is_genuine(body=body, stamp=stamp, signature=signature, now=now):
        return JsonResponse({"error": "signature"}, status=401)
    try:
        told = json.loads(body)
        message, state = UUID(told["id"]), State(told["state"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"error": "body"}, status=422)
    if state not in TOLD:
        return JsonResponse({"error": "body"}, status=422)
    known = hear_from_gateway(message=message, state=state, now=now)
    return JsonResponse({} if known else {"error": "id"}, status=200 if known else 404)
