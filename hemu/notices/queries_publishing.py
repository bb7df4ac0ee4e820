"""What is known of a community that must not be published."""

from hemu.estate.models import Community, Person, Staff


def known_names(community: Community) -> set[str]:
    """Return the names of who lives, owns or works there: those of two signs and more, companies left out.

    Statements: two.
    """
    people = Person.objects.filter(ties__home__community=community, is_company=False)
    staff = Staff.objects.filter(posts__office=community.office_id)
    names = {*people.values_list("name", flat=True), *staff.values_list("name", flat=True)}
    return {name for name in names if len(name) > 1}
