"""The web application, as a server finds it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemu.config.settings")
application = get_wsgi_application()
