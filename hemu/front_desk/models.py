"""Links by which an owner standing at the desk sends pictures from the own phone."""

from django.db import models

from hemu.service_requests.models import Request


class PhotoLink(models.Model):
    """One such link: the token's digest, never the token."""

    digest = models.CharField(max_length=64, primary_key=True)
    request = models.ForeignKey(Request, models.CASCADE, related_name="photo_links")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
