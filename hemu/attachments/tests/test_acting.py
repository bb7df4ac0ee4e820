"""A form whose own file is refused shows again what had been sent ahead."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from hemu.attachments.operations import keep_file
from hemu.attachments.tests.samples import jpeg
from hemu.attachments.web.acting import try_act
from hemu.foundation.errors import RuleViolation

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
BY = "staff:1"


@pytest.mark.django_db
def test_what_was_sent_ahead_is_shown_again_where_a_file_of_the_form_is_refused() -> None:
    ahead = keep_file(data=jpeg(), use="photo", by=BY, now=NOW)
    bad = SimpleUploadedFile("photo.jpg", b"<script>alert(1)</script>")
    request = RequestFactory().post("/", {"files": str(ahead.id), "key": "one", "file.photo": bad})

    def never(files: list[str]) -> dict[str, Any]:
        raise AssertionError(files)

    tried = try_act(request, by=BY, now=NOW, typed={}, act=never)

    assert isinstance(tried.refusal, RuleViolation)
    assert tried.status == 422
    form = tried.form(BY, now=NOW)
    assert [each["id"] for each in form["drafts"]] == [str(ahead.id)]
    assert form["refusal"]
    assert [each["id"] for each in tried.form("staff:2", now=NOW)["drafts"]] == []
