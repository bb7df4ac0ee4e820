"""Migrating quickly: whoever migrates does, and what it makes of a field is what Django makes of it."""

import gc

from django.apps import apps
from django.core.management import get_commands
from django.db.models import Field

from hemu.infra.management.commands.migrate import copying_fields, searching_seldom


def test_whoever_migrates_does_it_quickly() -> None:
    assert get_commands()["migrate"] == "hemu.infra"


def test_a_copied_field_is_as_one_built_anew() -> None:
    loose = [
        field.clone()
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, Field)
    ]
    with copying_fields():
        copies = [field.clone() for field in loose]
    assert len(copies) > 500
    assert [each.deconstruct() for each in copies] == [each.deconstruct() for each in loose]
    assert [vars(each).keys() for each in copies] == [vars(each.clone()).keys() for each in loose]
    counted = [each.creation_counter for each in copies]
    assert counted == sorted(set(counted))
    assert counted[0] > max(each.creation_counter for each in loose)


def test_all_is_as_before_afterwards() -> None:
    usual = Field.clone, gc.get_threshold()
    with copying_fields(), searching_seldom():
        assert Field.clone is not usual[0]
        assert gc.get_threshold() != usual[1]
    assert (Field.clone, gc.get_threshold()) == usual
