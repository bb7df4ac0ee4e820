"""Where return visits begin: on the page of the case, with its panel."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hemu.infra.web.starts import Start


def _case(subject: str) -> str:
    kind, _colon, number = subject.partition(":")
    return reverse("request", args=[number]) if kind == "request" else reverse("return_visits")


STARTS = {
    "return_visit.done": Start(_("去回访"), _case),
    "return_visit.answered": Start(_("去答复"), _case),
}
