"""Keeping the files that speakers give, written anew, and deleting them for good."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cop.lib.apart import Busy, EndedBadly, run_apart
from cop.lib.files.refusing import Refused, Why
from cop.lib.signing import absolute_url
from events.models import Material, Speaker, Upload
from events.models.uploads import kept_files
from events.rules.visibility import EVERYBODY
from members.actions.limiting import is_within

MOST_SECONDS = 40
_CLEANED_AS = {Upload.Kind.PHOTO: "picture", Upload.Kind.SLIDES: "paper"}
Kind = Upload.Kind


def clean(kind: str, raw: bytes) -> bytes:
    """What of a file is kept: a JPEG or a PDF of our own making. Raises `Refused`."""
    try:
        status, out = run_apart("cop.lib.files", _CLEANED_AS[Kind(kind)], given=raw, most_seconds=MOST_SECONDS)
    except EndedBadly:
        raise Refused(Why.BROKEN) from None
    except Busy:
        raise Refused(Why.BUSY) from None
    if status:
        raise Refused(Why(out.decode()))
    return out


@transaction.atomic
def keep_file(speaker: Speaker, kind: str, cleaned: bytes) -> Upload:
    """Keep a cleaned file in the place of the one before, which goes for good. Slides stand with their talk."""
    held = Speaker.objects.select_for_update(of=("self",)).select_related("agenda_item").get(pk=speaker.pk)
    remove_file(held, kind)
    name = kept_files().save(uuid.uuid4().hex, ContentFile(cleaned))
    try:
        upload = Upload.objects.create(speaker=held, kind=kind, size=len(cleaned), stored_as=name)
        if kind == Kind.SLIDES:
            _show_slides(upload)
    except BaseException:
        kept_files().delete(name)
        raise
    return upload


def remove_file(speaker: Speaker, kind: str) -> None:
    """Delete it; what leads to it goes along, and its bytes once this is certain."""
    for upload in Upload.objects.filter(speaker=speaker, kind=kind):
        upload.delete()


def remove_files_of(speakers: Iterable[Speaker]) -> None:
    for upload in Upload.objects.filter(speaker__in=speakers):
        upload.delete()


def delete_bytes(upload: Upload) -> None:
    """Once the row is gone for certain, and not if that is taken back."""
    name = upload.stored_as
    transaction.on_commit(lambda: kept_files().delete(name))


def sweep(now: datetime) -> int:
    """Once a day, delete files that no row has: a machine that stopped between the two left them. Returns how many."""
    if not is_within("sweep files", "all", most=1, every=timedelta(days=1)):
        return 0
    files, gone = kept_files(), 0
    known = set(Upload.objects.values_list("stored_as", flat=True))
    for name in _names():
        if name not in known and now - files.get_modified_time(name) > timedelta(days=1):
            files.delete(name)
            gone += 1
    return gone


def _names() -> list[str]:
    try:
        return kept_files().listdir("")[1]
    except FileNotFoundError:
        return []


def _show_slides(upload: Upload) -> None:
    talk = upload.speaker.agenda_item
    Material.objects.create(
        meeting_id=talk.meeting_id,
        agenda_item=talk,
        speaker=upload.speaker,
        upload=upload,
        kind=Material.Kind.SLIDES,
        title=(_("Slides: %s") % talk.title)[:300],
        url=absolute_url(reverse("events:file", args=[upload.key])),
        visibility=EVERYBODY,  # the speaker's own choice is what holds
    )
