"""Carry over what the book says of cases judged major before the column was there."""

from django.db import migrations


def carry(apps, schema_editor):
    entries = apps.get_model("ledger", "Entry").objects.filter(kind="request.judged").order_by("seq")
    judged = {}
    for subject, facts in entries.values_list("subject", "facts").iterator():
        if "major" in facts:
            judged[subject.removeprefix("request:")] = facts["major"]
    major = [number for number, is_major in judged.items() if is_major]
    requests = apps.get_model("service_requests", "Request").objects
    for start in range(0, len(major), 500):
        requests.filter(number__in=major[start : start + 500]).update(major=True)


class Migration(migrations.Migration):

    dependencies = [
        ("ledger", "0001_initial"),
        ("service_requests", "0005_filters_and_major"),
    ]

    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
