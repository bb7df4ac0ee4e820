"""One view: log-in by session, a form, three inserts in one transaction, a redirect."""

import uuid

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from bench.bare.models import Event, Outgoing, Ticket


class TicketForm(forms.Form):
    text = forms.CharField()


@login_required
def create(request: HttpRequest) -> HttpResponse:
    form = TicketForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    text = form.cleaned_data["text"]
    with transaction.atomic():
        now = timezone.now()
        ticket = Ticket.objects.create(
            title=text[:200], text=text, state="new", author=request.user.pk, created_at=now
        )
        Event.objects.create(ticket=ticket, kind="created", at=now)
        Outgoing.objects.create(ticket=ticket, key=str(uuid.uuid4()))
    return HttpResponse(status=302, headers={"Location": f"/tickets/{ticket.pk}/"})


def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("tickets/", create), path("healthz", alive)]
