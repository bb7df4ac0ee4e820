"""``hemu token …`` as its documentation writes it."""

from hemu.access.models import Token
from hemu.access.tests.house import found_house
from hemu.config.commands import main
from hemu.ledger.models import Entry


def test_the_command_takes_the_name_that_the_documentation_gives(db: None) -> None:
    """``--name`` is the other system's, not the command's own."""
    found_house()
    line = ["token", "create", "--role", "frontdesk", "--community", "和风花园", "--name", "呼叫中心"]
    assert main(line) == 0
    assert Token.objects.get().name == "呼叫中心"
    assert main(["token", "revoke", "呼叫中心"]) == 0
    kinds = Entry.objects.order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["token.made", "token.revoked"]
