"""Reading the files that speakers gave. What is for everybody and what a signed path opens asks for no session."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from events.media import FOR_ITS_OWNERS, FOR_MEMBERS, address_for, file_behind, may_be_read
from events.models import Upload
from events.models.uploads import kept_files
from members.access import is_member, may
from members.rules.roles import Duty


@require_safe
def file(request: HttpRequest, key: str) -> HttpResponse | FileResponse:
    """The lasting address of a file: it answers everybody, or leads on who may see it; to others it is none."""
    upload = get_object_or_404(Upload.objects.select_related("speaker__agenda_item__meeting__network"), key=key)
    if may_be_read(upload, is_member=False):
        return sent(upload)
    network = upload.speaker.agenda_item.meeting.network
    if is_member(request.user, network) and may_be_read(upload, is_member=True):
        return redirect(address_for(upload, FOR_MEMBERS))
    if may(request.user, network, Duty.SPEAKERS):
        return redirect(address_for(upload, FOR_ITS_OWNERS))
    raise Http404


@require_safe
def file_by_link(request: HttpRequest, token: str) -> FileResponse:
    """For an hour, to whoever has the address from a page that they may see."""
    return sent(file_behind(token))


def sent(upload: Upload) -> FileResponse:
    """The bytes, as what we made them: nothing in them runs, frames, or is guessed to be something else."""
    is_photo = upload.kind == Upload.Kind.PHOTO
    try:
        opened = kept_files().open(upload.stored_as, "rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        opened, as_attachment=not is_photo, filename="photo.jpg" if is_photo else name_of(upload),
        content_type=upload.media_type,
    )  # fmt: skip
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def name_of(upload: Upload) -> str:
    """What a reader's computer calls the slides: the day and the talk."""
    talk = upload.speaker.agenda_item
    return f"{talk.meeting.local_start:%Y-%m-%d}-{slugify(talk.title)[:60] or 'slides'}.pdf"
