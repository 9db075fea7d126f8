"""Taking a list in: the file stays in memory until it is sealed, and never touches the disk in clear."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from members.actions.importing import ImportRefused, begin
from members.admin.history import remember_change
from members.admin.scoping import network_ids, owns_site
from members.forms import ListForm
from members.models import Batch, Network, User

LARGEST_REQUEST = 40_000_000


class InMemory(MemoryFileUploadHandler):
    """Lists of people are not written to the disk in clear, whatever their size; see `LARGEST_REQUEST`."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True


@csrf_exempt  # checked below: the check reads the upload, and that it stays in memory has to be said first
def upload(request: HttpRequest) -> HttpResponse:
    """The form, and what it sends."""
    if not owns_site(request) and not network_ids(request):
        raise PermissionDenied
    if int(request.headers.get("Content-Length") or 0) > LARGEST_REQUEST:
        while request.read(2**16):
            pass  # a browser shows the answer only once it has sent everything
        too_large = _("This file is too large to be taken at once. Take it in parts of at most 40 MB.")
        return _page(request, ListForm(networks=_networks(request)), refusal=too_large)
    request.upload_handlers = [InMemory(request)]
    return _upload(request)


@csrf_protect
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def _upload(request: HttpRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    form = ListForm(*((request.POST, request.FILES) if is_sent else ()), networks=_networks(request))
    if not form.is_valid():
        return _page(request, form)
    files = [(file.name or "", file.file) for file in form.cleaned_data["lists"]]
    try:
        batch = begin(form.cleaned_data["network"], by=cast("User", request.user), files=files)
    except ImportRefused as refused:
        return _page(request, form, refusal=str(refused))
    remember_change(request, batch, _("Uploaded a list"))
    return redirect("admin:members_batch_change", batch.pk)


def _networks(request: HttpRequest) -> Any:
    everything = Network.objects.all()
    return everything if owns_site(request) else everything.filter(pk__in=network_ids(request))


def _page(request: HttpRequest, form: ListForm, *, refusal: str = "") -> HttpResponse:
    page = {
        **admin.site.each_context(request),
        "title": _("Bring in people from a list"),
        "opts": Batch._meta,
        "form": form,
        "refusal": refusal,
    }
    status = 422 if refusal or form.errors else 200
    return TemplateResponse(request, "admin/members/batch/upload.html", page, status=status)
