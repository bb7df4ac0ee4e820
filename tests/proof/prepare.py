"""Make what a drill needs: communities with a home each, and a director who may do everything at the desk.

python -m tests.proof.prepare     prints the log-in and what the forms name, as JSON
"""

import json
from datetime import datetime

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from hemu.access.models import Account  # noqa: E402
from hemu.estate.models import Home  # noqa: E402
from hemu.estate.operations import add_home, employ, give_post, open_community  # noqa: E402
from hemu.infra import clock  # noqa: E402
from hemu.infra.moments import OFFICE_ZONE  # noqa: E402

LOGIN, OTHER_LOGIN, PASSWORD = "proof", "proof-other", "a word for the proof"
COMMUNITIES = 8


def prepare() -> dict[str, str]:
    """Fill an empty database and return what a desk needs to know; ``places`` are community/home, one a desk."""
    call_command("migrate", interactive=False, verbosity=0)
    now = clock.now()
    places = [place(number, now) for number in range(1, COMMUNITIES + 1)]
    office = places[0].community.office
    director = employ(name="证明", now=now)
    since = now.astimezone(OFFICE_ZONE).date()
    give_post(staff=director, role="office_director", office=office, since=since)
    for login in (LOGIN, OTHER_LOGIN):
        staff = director if login == LOGIN else employ(name="另一位", now=now)
        account = Account(login=login, staff=staff)
        account.set_password(PASSWORD)
        account.save()
    give_post(staff=account.staff, role="frontdesk", office=office, since=since)
    return {
        "login": LOGIN,
        "other": OTHER_LOGIN,
        "password": PASSWORD,
        "community": str(places[0].community_id),
        "home": str(places[0].id),
        "places": " ".join(f"{home.community_id}/{home.id}" for home in places),
    }


def place(number: int, now: datetime) -> Home:
    community = open_community(name=f"证明{number}区", now=now)
    return add_home(community=community, building="1", unit="1", room="101", written="1栋1单元101", now=now)


if __name__ == "__main__":
    print(json.dumps(prepare()))
