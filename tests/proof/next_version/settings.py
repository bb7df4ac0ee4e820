"""The settings of the later version."""

from hemu.config import settings as now
from hemu.config.settings import *  # noqa: F403

INSTALLED_APPS = [*now.INSTALLED_APPS, "tests.proof.next_version.apps.NextVersionConfig"]
