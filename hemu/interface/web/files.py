"""Files: handed in first, then named in a registration or a step, as the pages do it."""

from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from hemu.access.web.bearer import TokenRequest
from hemu.attachments.operations import erase_file, keep_file
from hemu.attachments.web.taking import read_upload
from hemu.interface.web.codes import KEY, FileUse, Key
from hemu.interface.web.serving import Need, once_for

router = Router(tags=["files"])


class KeptLine(Schema):
    """A draft: whoever names it within a day in an act keeps it; it goes by itself if nobody does."""

    id: UUID
    kind: str
    use: str


@router.post(
    "/files",
    response={201: KeptLine},
    auth=Need("file.keep"),
    url_name="api_files",
    operation_id="hand_in_file",
)
def hand_in(request: HttpRequest, use: Form[FileUse], file: File[UploadedFile], key: Key = KEY) -> Any:
    """交一个文件（图片、录音、PDF），一天内在登记或办理时写进 files · hand in a file, name it in an act within a day."""
    caller = cast("TokenRequest", request)
    data = read_upload(file)
    # It is looked at and drawn before the transaction of the key: nobody waits for that. Of a call made twice the
    # second drawing goes again.
    kept = keep_file(data=data, use=use, by=caller.actor.key, now=caller.now)
    said = {"id": str(kept.id), "kind": str(kept.kind), "use": str(kept.use)}
    answer: dict[str, Any] = {}
    try:
        answer = once_for(caller, key, {"file": sha256(data).hexdigest(), "use": use}, lambda: said)
    finally:
        if answer.get("id") != said["id"]:
            erase_file(file=kept.id)
    return answer
