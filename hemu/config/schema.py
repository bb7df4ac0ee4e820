"""How the database stands to this version of the code: at it, behind it, or made by a newer one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Node = tuple[str, str]


@dataclass(frozen=True)
class Schema:
    """What a database has been through.

    Attributes:
        new: nothing has been done to it yet.
        behind: it lacks migrations of this version.
        ahead: it has migrations that this version does not know: a newer one was here.
        at: the last migration of each line, as ``app.name``, sorted.
    """

    new: bool
    behind: bool
    ahead: bool
    at: list[str]


def schema() -> Schema:
    """Return how the database stands to this version."""
    executor = MigrationExecutor(connection)
    graph, applied = executor.loader.graph, set(executor.loader.applied_migrations)
    ours = {app for app, _ in graph.nodes}
    return Schema(
        new=not applied,
        behind=bool(executor.migration_plan(graph.leaf_nodes())),
        ahead=any(app in ours and (app, name) not in graph.nodes for app, name in applied),
        at=_written(_last(executor, applied)),
    )


def of_this_version() -> list[str]:
    """Return where a database of this version stands."""
    return _written(MigrationExecutor(connection).loader.graph.leaf_nodes())


def models_behind() -> Apps:
    """Return the models as the database has them, for a database that is behind."""
    executor = MigrationExecutor(connection)
    applied = set(executor.loader.applied_migrations)
    return executor.loader.project_state(_last(executor, applied)).apps


def _last(executor: MigrationExecutor, applied: set[Node]) -> list[Node]:
    """Return the applied migrations of each app that no applied one of the same app follows."""
    nodes = executor.loader.graph.node_map
    return [
        node
        for node in sorted(applied & set(nodes))
        if not any(child.key in applied and child.key[0] == node[0] for child in nodes[node].children)
    ]


def _written(nodes: Iterable[Node]) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in nodes)
