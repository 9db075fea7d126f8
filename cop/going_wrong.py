"""What somebody sees when a request cannot be answered, and what to do next. Asks the database nothing."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# How long a database that is restarted, or moved, is usually away.
COME_BACK_SECONDS = 120


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where there was simply too much of it."""
    status = 413 if isinstance(exception, TOO_LARGE) else 400
    return HttpResponse(render_to_string(f"{status}.html"), status=status)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """500; 503 while the database is away, which proxies and search engines take as passing."""
    if not isinstance(sys.exception(), OperationalError | InterfaceError):
        return HttpResponse(render_to_string("500.html"), status=500)
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(COME_BACK_SECONDS)})
