from datetime import date

import pytest

from hemu.foundation.errors import RuleViolation
from hemu.sop.profiles import Profile, clauses_in_force, facts_needed, known_profiles, replacement_of
from hemu.sop.register import load_register

REGISTER = load_register()
DAY = date(2026, 11, 22)
DEFAULT = Profile()
KERUI = Profile(("kerui",))
EMERGENCY = {"emergency": True}


def test_the_default_holds_on_every_day() -> None:
    assert DEFAULT.on(date(2024, 2, 29)) == DEFAULT.on(DAY)
    settings = DEFAULT.on(DAY)
    assert settings.hours["office"] == ["08:30-12:00", "13:30-17:30"]
    assert settings.warn["longer"] == "09:00 of the last working day before"
    assert settings.limits["light, door, drain"] == "+3 working days"
    assert settings.unconfirmed == {
        "tries": 2,
        "on_different_days": True,
        "after_days": 7,
        "owner_may_reopen_days": 30,
    }
    assert settings.pause["longest_days"] == 14
    assert settings.word_evidence["recall_at_least"] == 3
    assert settings.survey["small_group"] == 5


@pytest.mark.parametrize(
    ("clause", "may"), [("RQ-15", True), ("RQ-21", True), ("RQ-18", False), ("RV-03", False)]
)
def test_only_some_clocks_may_stand_still(clause: str, may: bool) -> None:
    assert DEFAULT.on(DAY).may_pause(clause) is may


def test_ladders_go_by_clause_and_danger() -> None:
    settings = DEFAULT.on(DAY)
    assert settings.ladder("RQ-18")[1] == ("office_director", "+4 hours on duty")
    assert settings.ladder("RQ-06")[3] == ("general_manager", "+3 working days")
    assert settings.ladder("RQ-18", danger=True)[1] == ("office_director", "+0 minutes")


def test_an_office_differs_from_a_day_on() -> None:
    office = Profile(
        overrides={
            date(2026, 3, 1): {"hours": {"period_ends": "closing time"}, "RQ-06": "+2 working days"},
            date(2026, 6, 1): {"hours.period_ends": "end of day", "limits.roof": "+15 working days"},
        }
    )
    clause = REGISTER.clause("RQ-06")
    found = [
        (settings.hours["period_ends"], settings.due_text(clause), "roof" in settings.limits)
        for settings in map(
            office.on, [date(2026, 2, 28), date(2026, 3, 1), date(2026, 5, 31), date(2026, 6, 1)]
        )
    ]
    assert found == [
        ("end of day", "+3 working days", False),
        ("closing time", "+2 working days", False),
        ("closing time", "+2 working days", False),
        ("end of day", "+2 working days", True),
    ]


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ({"hours": {"office": ["8-12"]}}, "profile.bad_setting"),
        ({"hours.office": []}, "profile.bad_setting"),
        ({"hours.lunch": "12:00"}, "profile.unknown_setting"),
        ({"hours.period_ends": "noon"}, "profile.bad_setting"),
        ({"hours.visits_until": "25:00"}, "profile.bad_setting"),
        ({"warn.longer": "soon"}, "profile.bad_setting"),
        ({"ladder.RQ-18": [["nobody", "+0 minutes"]]}, "profile.bad_setting"),
        ({"ladder.RQ-18": [["hr", "-1 day"]]}, "profile.bad_setting"),
        ({"ladder.other": [["hr", "+1 day"]]}, "profile.unknown_setting"),
        ({"limits.roof": "at the planned time"}, "profile.bad_setting"),
        ({"pause.clauses": ["RQ-99"]}, "profile.bad_setting"),
        ({"pause.longest_days": -1}, "profile.bad_setting"),
        ({"unconfirmed.on_different_days": 1}, "profile.bad_setting"),
        ({"word_evidence.recall_share": 1.5}, "profile.bad_setting"),
        ({"RQ-06": "soon"}, "profile.bad_setting"),
        ({"RQ-01": "+1 day"}, "profile.bad_setting"),
        ({"RQ-99": "+1 day"}, "profile.bad_setting"),
        ({"OC-04": "last day of the quarter"}, "profile.bad_setting"),
        ({"copy_correspondence_to": "nobody"}, "profile.bad_setting"),
        ({"colour": "red"}, "profile.unknown_setting"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused(setting: dict[str, object], code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        Profile(overrides={DAY: setting})
    assert refused.value.code == code


def test_an_unknown_profile_is_refused_with_those_there_are() -> None:
    assert known_profiles() == ["default", "commercial", "company_survey", "kerui", "steward_quota"]
    with pytest.raises(RuleViolation) as refused:
        Profile(("kurei",))
    assert refused.value.params == {"profile": "kurei", "known": known_profiles()}


def test_kerui_notifies_of_an_emergency_within_two_working_days() -> None:
    clause = REGISTER.clause("OC-10")
    assert KERUI.on(DAY).due_text(clause) == "+3 working days"
    assert KERUI.on(DAY).due_text(clause, EMERGENCY) == "+2 working days"
    assert DEFAULT.on(DAY).due_text(clause, EMERGENCY) == "+3 working days"
    assert KERUI.on(DAY).words["copy_correspondence_to"] == "operations"


@pytest.mark.parametrize(
    ("profile", "clause", "in_force"),
    [
        (DEFAULT, "OC-01", True),
        (DEFAULT, "OC-01k", False),
        (KERUI, "OC-01", False),
        (KERUI, "OC-01k", True),
        (KERUI, "OC-10", True),  # its variant is narrower
        (KERUI, "OC-10s", True),
        (DEFAULT, "VS-14", False),
        (Profile(("steward_quota",)), "VS-14", True),
        (Profile(("kerui", "steward_quota")), "OC-01k", True),
        (Profile(("kerui", "steward_quota")), "SV-01", False),
    ],
)
def test_variants_take_the_place_of_what_they_name(profile: Profile, clause: str, in_force: bool) -> None:
    assert (clause in [each.clause.id for each in clauses_in_force(profile)]) is in_force


def test_a_narrower_variant_takes_over_only_the_entries_it_matches() -> None:
    found = {each.clause.id: each for each in clauses_in_force(KERUI)}
    arose = "committee.matter.arose"
    assert [found[name].is_triggered_by(arose, EMERGENCY) for name in ("OC-10", "OC-10s")] == [False, True]
    assert [found[name].is_triggered_by(arose, {}) for name in ("OC-10", "OC-10s")] == [True, False]
    assert replacement_of(REGISTER.clause("OC-10"), KERUI) is None


@pytest.mark.parametrize(
    ("clause", "facts"),
    [
        ("OC-01", {"committee_in_office"}),
        ("OC-01k", {"committee_in_office"}),
        ("CM-06", {"has_unsold_or_not_moved_in"}),
        ("HO-01", {"in_takeover"}),
        ("HO-04", {"in_takeover"}),
        ("HO-05", {"has_move_in"}),
        ("HO-06", set()),
        ("EQ-02", {"has_plant_rooms"}),
        ("FE-03c", {"bills_by_us"}),
        ("RP-09", set()),  # only its chair's signature needs a committee
        ("RQ-01", set()),
    ],
)
def test_where_a_clause_applies(clause: str, facts: set[str]) -> None:
    assert facts_needed(clause) == facts
