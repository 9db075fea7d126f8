"""What a new home takes over: the programme, what members may see of it, the notes they read, and whoever said yes.

Drafts, registrations, letters and settings about people stay here, and go with this copy (docs/decisions/0044).
"""

import json
import zipfile
from base64 import b64encode
from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from typing import IO, Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Field, Model
from django.utils import timezone
from django.utils.functional import Promise

from cop.ending.models import Answer, Move, Parcel
from cop.ending.packing import LONG_AGO
from events.access import hidden_from, readable
from events.media import may_be_read
from events.models import Material, Meeting, Series, Speaker, Topic
from events.models.uploads import kept_files
from members.models import Agreement, Membership, Network
from notes.models.editions import Edition

FORMAT, VERSION = "hand-over of a community of practice", 1
FILE = "hand-over.json"
Value = str | int | bool | None
Row = dict[str, object]

# Whose it is, where it stands, what is set here, and what only makes sense here.
LEFT_OUT: dict[type[Model], frozenset[str]] = {
    Network: frozenset(
        {"contact", "created_at", "rested_at", "rest_sentence", "rest_link", "logo_digest", "logo_width", "logo_height"}
    ),
    Meeting: frozenset({"video_link", "source_name", "source_front_matter", "source_digest"}),
    Speaker: frozenset({"email", "link_key", "asked_at", "thanked_at"}),
    Edition: frozenset({"html", "digest"}),
}


def write_handover(network: Network, file: IO[bytes]) -> int:
    """Write the hand-over file of a network into `file`, as a zip; how many files are in it."""
    about = zipfile.ZipInfo(FILE, LONG_AGO)
    about.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(about, json.dumps(handover(network), ensure_ascii=False, indent=1).encode())
    return 1


def handover(network: Network) -> Row:
    """All that is handed over, as what JSON can say."""
    meetings = Meeting.objects.of(network).public().select_related("series", "network").prefetch_related("topics")
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_on": network.today.isoformat(),
        "network": plain(network),
        "series": [plain(one) for one in Series.objects.filter(network=network).order_by("pk")],
        "topics": [plain(one) for one in Topic.objects.filter(network=network).order_by("pk")],
        "meetings": [_meeting(one) for one in meetings.order_by("starts_at", "pk")],
        "people": list(_people(network)),
    }


def plain(row: Model, without: Collection[str] = ()) -> Row:
    """A row's own columns, without keys to other rows, files, and what is left out of its kind."""
    left_out = LEFT_OUT.get(type(row), frozenset()) | set(without)
    fields = cast("Iterable[Field[object, object]]", row._meta.concrete_fields)
    return {
        one.name: _value(getattr(row, one.name))
        for one in fields
        if not one.primary_key and not one.is_relation and one.name not in left_out
    }


def _value(value: object) -> object:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Promise) else value


def _material(material: Any) -> Row:
    """Seen by no more people than now, though a speaker who is not named stays here with what they chose."""
    row = plain(material)
    return {**row, "visibility": Material.Visibility.MEMBERS} if material.is_for_members else row


def _meeting(meeting: Meeting) -> Row:
    """A meeting as its members may see it: what they may not is in no text either."""
    hidden = hidden_from([meeting], is_member=True)[meeting.pk]
    # Slides that lie here go along as files: their address leads to a copy that will be erased.
    materials = list(meeting.materials.visible_to(is_member=True).filter(upload=None).told_apart())
    row = plain(meeting)
    row["summary"], row["body"] = readable(meeting.summary, meeting, hidden), readable(meeting.body, meeting, hidden)
    agenda = []
    for item in meeting.agenda.order_by("position", "pk"):
        description = readable(item.description, meeting, hidden)
        named = item.speakers.named_to(is_member=True).order_by("position", "pk")
        speakers = [{**plain(one), "files": list(_files(one))} for one in named]
        own = [_material(one) for one in materials if one.agenda_item_id == item.pk]
        agenda.append({**plain(item), "description": description, "speakers": speakers, "materials": own})
    return {
        **row,
        "series": meeting.series.slug if meeting.series else None,
        "topics": [topic.slug for topic in meeting.topics.all()],
        "agenda": agenda,
        "materials": [_material(one) for one in materials if one.agenda_item_id is None],
        "editions": list(_editions(meeting)),
    }


def _files(speaker: Speaker) -> Iterable[Row]:
    """What a speaker gave and members may see, in base64."""
    for upload in speaker.uploads.select_related("speaker__agenda_item__meeting").order_by("kind"):
        if may_be_read(upload, is_member=True):
            with kept_files().open(upload.stored_as, "rb") as file:
                yield {"kind": upload.kind, "content": b64encode(file.read()).decode("ascii")}


def _editions(meeting: Meeting) -> Iterable[Row]:
    """What readers read today; what was before, nobody reads any more (R9)."""
    out = Edition.objects.newest().circulated().filter(meeting=meeting).select_related("circulation")
    for edition in out.order_by("audience"):
        if not edition.is_public or meeting.network.publishes_write_ups:
            yield {**plain(edition), "circulated_on": meeting.day_of(edition.circulation.circulated_at).isoformat()}


def _people(network: Network) -> Iterable[Row]:
    """Whoever has said yes and is still here, with what they said, and to which ground rules they agreed."""
    agreed = Answer.objects.filter(move__network=network, agrees=True).exclude(membership__state=Membership.State.LEFT)
    for one in agreed.filter(membership__user__is_active=True).select_related("membership__user").order_by("pk"):
        user = one.membership.user
        rules = Agreement.objects.filter(membership=one.membership).order_by("pk").last()
        yield {
            "email": user.email,
            "name": user.name,
            "organisation": user.organisation,
            "job_title": user.job_title,
            "sector": user.sector,
            "agreed": {"wording": one.wording, "at": _value(one.answered_at)},
            "ground_rules": rules and {"wording": rules.wording, "at": _value(rules.given_at), "way": rules.way},
        }


@transaction.atomic
def note_taken(parcel: Parcel) -> None:
    """Write down that this hand-over file has been taken along: without that, nothing is ever erased.

    A file packed for an earlier move counts for nothing, nor does one that an answer has made out of date meanwhile.
    """
    asked = Move.objects.filter(network=parcel.network_id, started_at__lte=parcel.created_at, taken_at=None)
    move = asked.select_for_update().first()
    if move is not None and Parcel.objects.filter(pk=parcel.pk).exists():
        move.taken_at = timezone.now()
        move.save(update_fields=["taken_at"])
