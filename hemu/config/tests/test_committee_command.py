"""``hemu committee …`` as its documentation writes it."""

from hemu.access.tests.house import found_house
from hemu.committee.models import Member
from hemu.config.commands import main


def test_an_option_may_be_called_as_the_words_of_a_command_are(db: None) -> None:
    """``--name`` is the member's, not the command's own."""
    found_house()
    line = ["committee", "seat", "--community", "和风花园", "--room", "1-2-301", "--name", "示例业主"]
    assert main([*line, "--since", "2026-10-01", "--until", "2028-10-01", "--by", "office_director"]) == 0
    assert Member.objects.get().person.name == "示例业主"
