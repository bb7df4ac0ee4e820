"""What a return visit brings along: a picture or a voice note, named in its entry and seen with the case."""

from uuid import UUID

import pytest
from django.db import transaction

from hemu.access.tests.house import House, at, client, standing_at
from hemu.attachments.models import KeptFile
from hemu.attachments.operations import keep_file
from hemu.attachments.tests import samples
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Entry
from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.operations import step_return_visit
from hemu.return_visits.tests.conftest import HEARD, Visitors

CALLED = "2026-10-08 09:00"


_standing = standing_at(at("2026-10-08 10:00"), autouse=True)


def keep(house: House, data: bytes, use: str, login: str = "steward") -> UUID:
    return keep_file(data=data, use=use, by=house.by(login).key, now=at(CALLED)).id


def take(desk: Visitors, visit: ReturnVisit, step: str, *files: UUID, **values: str) -> ReturnVisit:
    by = desk.house.by("steward")
    return step_return_visit(
        number=visit.number,
        step=step,
        act=by.act(now=at(CALLED)),
        by=by,
        words="写明。",
        values=values,
        files=[str(each) for each in files],
    )


@pytest.mark.parametrize(
    ("step", "kind", "values"),
    [("done", "return_visit.done", HEARD), ("try", "return_visit.tried", {"channel": "phone"})],
)
def test_each_act_names_its_files(
    house: House, desk: Visitors, step: str, kind: str, values: dict[str, str]
) -> None:
    visit = desk.visit(desk.repaired())
    voice, photo = keep(house, samples.OGG, "voice"), keep(house, samples.jpeg(), "photo")
    take(desk, visit, step, voice, photo, **values)
    entry = Entry.objects.get(kind=kind)
    assert [each["id"] for each in entry.facts["files"]] == [str(voice), str(photo)]
    assert set(KeptFile.objects.values_list("subject", flat=True)) == {visit.subject}


def test_without_files_the_entry_says_nothing_of_them(desk: Visitors) -> None:
    take(desk, desk.visit(desk.repaired()), "done", **HEARD)
    assert "files" not in Entry.objects.get(kind="return_visit.done").facts


def test_a_file_of_somebody_else_is_refused(house: House, desk: Visitors) -> None:
    visit = desk.visit(desk.repaired())
    other = keep(house, samples.OGG, "voice", "frontdesk")
    with pytest.raises(RuleViolation, match=r"file\.not_found"), transaction.atomic():
        take(desk, visit, "done", other, **HEARD)
    assert ReturnVisit.objects.get(pk=visit.pk).version == visit.version
    assert Entry.objects.filter(kind="return_visit.done").count() == 0


# ── the page ─────────────────────────────────────────────────────────────────


def test_a_refused_form_keeps_them_and_the_done_one_shows_them(house: House, desk: Visitors) -> None:
    visit = desk.visit(desk.repaired())
    voice = keep(house, samples.OGG, "voice")
    form = {"step": "done", "key": "k", "files": str(voice), "words": "好。"}
    url = f"/return-visits/{visit.number}/step/"
    refused = client("steward").post(url, form)
    assert refused.status_code == 422
    assert f'data-file="{voice}"' in refused.content.decode()
    done = client("steward").post(url, form | HEARD, follow=True)
    assert f"/files/{voice}/" in done.content.decode()
    assert client("steward").get(f"/files/{voice}/").status_code == 200
    assert client("elsewhere").get(f"/files/{voice}/").status_code == 404
