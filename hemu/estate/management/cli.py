"""``hemu community …``"""

import argparse
from typing import Any

from django.db.models import Count, Q

from hemu.estate.models import Community, Home
from hemu.infra.command import Command


def _list(options: argparse.Namespace) -> list[dict[str, Any]]:
    occupied = Count("homes", filter=Q(homes__occupancy__in=Home.OCCUPIED))
    rows = Community.objects.annotate(home_count=Count("homes"), occupied_count=occupied).order_by("name")
    return [
        {"name": each.name, "homes": each.home_count, "occupied": each.occupied_count} for each in rows
    ]


COMMANDS = [Command("community", "list", "小区 · communities", _list)]
