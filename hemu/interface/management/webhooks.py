"""``hemu webhook …``"""

import argparse
from typing import Any
from uuid import UUID

from django.db.models import Count

from hemu.estate.management.cli import ACTOR
from hemu.infra.command import Command
from hemu.infra.moments import iso_local
from hemu.interface.models import Delivery, Webhook
from hemu.interface.operations import add_webhook, secret_of, send_again, stop_webhook
from hemu.ledger.operations import Act


def by_the_house(options: argparse.Namespace) -> Act:
    """Return what whoever runs the installation does now."""
    return Act(ACTOR, at=options.now, recorded_at=options.now)


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--token", required=True, metavar="NAME", help="哪个对接系统 · whose token")
    parser.add_argument("--url", required=True)
    parser.add_argument(
        "--kind",
        action="append",
        default=[],
        metavar="KIND",
        help="request.closed、request…，不写是全部 · all if left out",
    )


def _add(options: argparse.Namespace) -> dict[str, Any]:
    made = add_webhook(token=options.token, url=options.url, wanted=options.kind, act=by_the_house(options))
    return {"id": str(made.id), "url": made.url, "kinds": made.kinds, "secret": secret_of(made)}


def _list(options: argparse.Namespace) -> list[dict[str, Any]]:
    counts: dict[UUID, dict[str, int]] = {}
    rows = Delivery.objects.exclude(state=Delivery.State.SENT).values_list("webhook", "state")
    for webhook, state, count in rows.annotate(count=Count("id")):
        counts.setdefault(webhook, {})[state] = count
    return [
        {
            "id": str(each.id),
            "token": each.token.name,
            "url": each.url,
            "kinds": each.kinds,
            "stopped_at": iso_local(each.stopped_at),
            "events": counts.get(each.id, {}),
        }
        for each in Webhook.objects.select_related("token").order_by("id")
    ]


def _id_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("webhook_id", type=UUID, metavar="ID")


def _stop(options: argparse.Namespace) -> dict[str, Any]:
    stopped = stop_webhook(webhook_id=options.webhook_id, act=by_the_house(options))
    return {"id": str(stopped.id), "stopped_at": iso_local(stopped.stopped_at)}


def _again(options: argparse.Namespace) -> dict[str, Any]:
    return {"events": send_again(webhook_id=options.webhook_id, now=options.now)}


COMMANDS = [
    Command("webhook", "add", "把事件推给别的系统 · send events to another system", _add, _add_arguments),
    Command("webhook", "list", "回调清单与没送到的 · webhooks and what has not arrived", _list),
    Command("webhook", "stop", "停用回调 · stop a webhook", _stop, _id_argument),
    Command("webhook", "again", "重送放弃了的 · send again what was given up", _again, _id_argument),
]
