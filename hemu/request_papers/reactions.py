"""The forms about requests and return visits, as the list of all forms prints them."""

from datetime import datetime
from functools import partial

from hemu.access.actors import Actor
from hemu.estate.models import Community
from hemu.papers.queries_forms import FormSource
from hemu.papers.rules import Paper
from hemu.request_papers.forms import catalogue
from hemu.request_papers.forms.case import House
from hemu.request_papers.operations import Printing, print_case
from hemu.request_papers.queries import house_of
from hemu.service_requests.queries import request_by_number, request_for


def _blank(code: str, community: Community | None) -> Paper:
    return catalogue.blank(code, house_of(community) if community else House())


def _record(code: str, number: str, by: Actor | None, now: datetime) -> bytes:
    found = request_for(by, number) if by else request_by_number(number)
    return print_case(catalogue.FORMS[code], found, printing=Printing(now, by))


FORMS = tuple(
    FormSource(code, partial(_record, code), blank=partial(_blank, code)) for code in catalogue.FORMS
)
