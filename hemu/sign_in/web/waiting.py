"""Telling who guessed too often when to come again."""

from django.http import HttpResponse


def told_when(answer: HttpResponse, seconds: int) -> HttpResponse:
    """Return an answer of 429 with the whole seconds after which another try is weighed (``Retry-After``)."""
    answer.headers["Retry-After"] = str(seconds)
    return answer
