"""The web application, as a server finds it."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemu.config.settings")
django.setup(set_prefix=False)

from hemu.infra.web.content import Handler  # noqa: E402  needs the settings

application = Handler()
