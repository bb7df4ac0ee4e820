"""Lay work that always raises before work that does not, or heal it; print how the background stands.

python -m tests.proof.poison lay COUNT | look | heal
"""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.db import connection  # noqa: E402

from hemu.duties.models import Duty  # noqa: E402
from hemu.estate.models import Staff  # noqa: E402
from hemu.infra import clock  # noqa: E402
from hemu.infra.models import Trouble  # noqa: E402
from hemu.messaging.models import Message, Outgoing  # noqa: E402
from hemu.messaging.operations import tell  # noqa: E402

BAD, GOOD, NO_CLAUSE = "poison", "good", "ZZ-99"
TRIGGERS = {
    "sqlite": [
        "CREATE TRIGGER poison BEFORE INSERT ON messaging_message WHEN NEW.topic = 'poison'"
        " BEGIN SELECT RAISE(ABORT, 'poison'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'poison'; END $$",
        "CREATE TRIGGER poison BEFORE INSERT ON messaging_message FOR EACH ROW WHEN (NEW.topic = 'poison')"
        " EXECUTE FUNCTION poison()",
    ],
}
DROP = {"sqlite": "DROP TRIGGER poison", "postgresql": "DROP TRIGGER poison ON messaging_message"}


def lay(count: int) -> None:
    """Lay one message that the database refuses and the duties that no clause stands for, all older than the good."""
    with connection.cursor() as cursor:
        for statement in TRIGGERS[connection.vendor]:
            cursor.execute(statement)
    now = clock.now()
    director = Staff.objects.earliest("id")
    ago = now - timedelta(minutes=5)
    tell(staff=[director.id], topic=BAD, subject="", key=BAD, now=ago)
    for number in range(count):
        tell(staff=[director.id], topic=GOOD, subject="", key=f"{GOOD}-{number}", now=now)
    duties = list(Duty.objects.filter(state=Duty.State.OPEN, next_at__isnull=False).order_by("id"))
    Duty.objects.filter(id__in=[duty.id for duty in duties]).update(next_at=now)
    Duty.objects.filter(id=duties[0].id).update(next_at=ago, clause=NO_CLAUSE)


def look() -> dict[str, object]:
    """Return what waits, what is done and what is in trouble."""
    now = clock.now()
    good = Outgoing.objects.filter(topic=GOOD)
    duties = Duty.objects.filter(next_at__lte=now)
    return {
        "waiting": good.filter(sent_at__isnull=True).count(),
        "delivered": Message.objects.filter(topic=GOOD).count(),
        "bad_delivered": Message.objects.filter(topic=BAD).count(),
        "due_duties": duties.exclude(clause=NO_CLAUSE).count(),
        "bad_duties": duties.filter(clause=NO_CLAUSE).count(),
        "troubles": {row.kind: row.tries for row in Trouble.objects.all()},
        "parked": sorted(Trouble.objects.filter(next_at__isnull=True).values_list("kind", flat=True)),
        "pieces": list(Trouble.objects.values_list("kind", "key")),
    }


def heal() -> None:
    """Take the poison out, as a technician would."""
    with connection.cursor() as cursor:
        cursor.execute(DROP[connection.vendor])
    other = Duty.objects.exclude(clause=NO_CLAUSE).values_list("clause", flat=True).first()
    Duty.objects.filter(clause=NO_CLAUSE).update(clause=other)


if __name__ == "__main__":
    if sys.argv[1] == "lay":
        lay(int(sys.argv[2]))
    if sys.argv[1] == "heal":
        heal()
    print(json.dumps(look()))
