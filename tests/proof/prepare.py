"""Make what a drill needs: a community with a home, and a director who may do everything at the desk.

python -m tests.proof.prepare     prints the log-in and what the forms name, as JSON
"""

import json

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from hemu.access.models import Account  # noqa: E402
from hemu.estate.operations import add_home, employ, give_post, open_community  # noqa: E402
from hemu.infra import clock  # noqa: E402
from hemu.infra.moments import OFFICE_ZONE  # noqa: E402

LOGIN, PASSWORD = "proof", "a word for the proof"


def prepare() -> dict[str, str]:
    """Fill an empty database and return what a desk needs to know."""
    call_command("migrate", interactive=False, verbosity=0)
    now = clock.now()
    community = open_community(name="证明小区", now=now)
    home = add_home(community=community, building="1", unit="1", room="101", written="1栋1单元101", now=now)
    director = employ(name="证明", now=now)
    since = now.astimezone(OFFICE_ZONE).date()
    give_post(staff=director, role="office_director", office=community.office, since=since)
    account = Account(login=LOGIN, staff=director)
    account.set_password(PASSWORD)
    account.save()
    return {"login": LOGIN, "password": PASSWORD, "community": str(community.id), "home": home.written}


if __name__ == "__main__":
    print(json.dumps(prepare()))
