"""Ending letters by the link in one of them, without signing in (B23)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cop.lib.signing import read_personal_token
from members.actions.subscribing import Reader, reader_of, stop as stop_letters, want_again
from members.models import Delivery, Kind, Way
from members.views.signing_in import gone
from members.writing import kind_of


@csrf_exempt  # RFC 8058 §3.2: the mail program that presses has no cookie of ours; the link itself is the permission
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing, for mail scanners open every link; the button does, and so does the mail
    program's own. It answers at once, for a redirected POST is often lost (RFC 8058 §3.1)."""
    try:
        delivery = _delivery_behind(token)
        kind = _kind_of(delivery)
    except Http404:
        return gone(request)
    reader = reader_of(delivery)
    if request.method == "POST":
        _do(request, reader, kind)
    return render(request, "members/stop.html", _page(request, reader, kind))


def _do(request: HttpRequest, reader: Reader, kind: Kind) -> None:
    act = request.POST.get("do")
    if act == "everything":
        stop_letters(reader, Kind, way=Way.LETTER)
    elif act == "again":
        want_again(reader, [kind], way=Way.LETTER)
    else:
        stop_letters(reader, [kind], way=Way.LETTER if act else Way.MAIL_PROGRAM)


def _page(request: HttpRequest, reader: Reader, kind: Kind) -> dict[str, object]:
    refused = reader.refused
    return {
        "network": reader.network,
        "kind": kind.label,
        "has_pressed": request.method == "POST",
        "is_stopped": kind in refused,
        "still": [one.label for one in Kind if one not in {*refused, kind}],
        "membership": reader.membership,
    }


def _delivery_behind(token: str) -> Delivery:
    known = Delivery.objects.select_related("mailing__network", "user")
    delivery = known.filter(pk=read_personal_token(token, "stop letters", None)).first()
    if delivery is None:
        raise Http404
    return delivery


def _kind_of(delivery: Delivery) -> Kind:
    """What kind of letter it was; `Http404` where it was of none, which nobody can stop."""
    kind = kind_of(delivery.mailing.letter)
    if kind is None or delivery.mailing.network is None:
        raise Http404
    return kind
