"""The triggers of `triggers.py`, by which every change of a duty notes the month that has to be counted again."""

from typing import Any

from django.db import migrations

from hemu.duty_wall.triggers import create


def run(*_: Any) -> None:
    create()


class Migration(migrations.Migration):
    dependencies = [("duty_wall", "0001_initial"), ("duties", "0007_by_month")]
    operations = [migrations.RunPython(run, migrations.RunPython.noop, elidable=False)]
