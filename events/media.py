"""Files that speakers gave: who may see one, and by which address. Asked anew each time one is read."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cop.lib.signing import claimed_subject, personal_token, read_personal_token
from events.models import Material, Meeting, Speaker, Upload
from events.rules.visibility import EVERYBODY, open_to

# For whoever has the page open that the address stands on; the page gives another each time.
ADDRESS_LIVES_FOR = timedelta(hours=1)
FOR_MEMBERS, FOR_ITS_OWNERS = "members", "owners"


def may_be_read(upload: Upload, *, is_member: bool) -> bool:
    """Whether everybody, or every member, may see this file now: as its speaker chose, on a page that is announced."""
    speaker = upload.speaker
    if speaker.agenda_item.meeting.state == Meeting.State.DRAFT:
        return False
    if upload.kind == Upload.Kind.PHOTO:
        return speaker.name_seen_by in open_to(is_member=is_member)
    return Material.objects.visible_to(is_member=is_member).filter(upload=upload).exists()


def address_for(upload: Upload, readers: str) -> str:
    """A path that opens the file for an hour without a session: for members, or for its speaker and the organisers."""
    return reverse("events:file_by_link", args=[personal_token(f"file for {readers}", upload.pk)])


def file_behind(token: str) -> Upload:
    """The file that such a path opens, if whoever it was made for may still see it; `Http404` otherwise."""
    upload = get_object_or_404(
        Upload.objects.select_related("speaker__agenda_item__meeting"), pk=claimed_subject(token)
    )
    for readers in (FOR_MEMBERS, FOR_ITS_OWNERS):
        try:
            read_personal_token(token, f"file for {readers}", ADDRESS_LIVES_FOR)
        except Http404:
            continue
        if readers == FOR_ITS_OWNERS or may_be_read(upload, is_member=True):
            return upload
    raise Http404


def photo_address(speaker: Speaker) -> str:
    """Where the photo of a speaker is whose name the reader of a page may see; empty where there is none.

    Asks the database nothing where `uploads` were fetched with the speaker.
    """
    photos = [one for one in speaker.uploads.all() if one.kind == Upload.Kind.PHOTO]
    if not photos:
        return ""
    public = speaker.name_seen_by == EVERYBODY
    return reverse("events:file", args=[photos[0].key]) if public else address_for(photos[0], FOR_MEMBERS)
