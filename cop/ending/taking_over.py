"""Taking over what another home has handed over: the file is read whole, or nothing of it is kept (B99)."""

import json
import zipfile
from base64 import b64decode
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import IO, Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from cop.ending.handing_over import FILE, FORMAT, LEFT_OUT, VERSION
from cop.ending.models import Carried
from cop.lib.files.refusing import Refused
from events.actions.uploading import clean, keep_file
from events.models import AgendaItem, Material, Meeting, Series, Speaker, Topic
from members.formats.people import Entry, Standing
from members.importing.bringing import make_members
from members.importing.matching import match
from members.models import Batch, Membership, Network, User
from members.rules.bringing import Outcome
from notes.actions.freezing import freeze, send_out
from notes.rules import vocabulary as rules
from notes.rules.vocabulary import Line, Section

# What any JSON can be; looked at by the fields it goes into.
Read = Mapping[str, Any]
LARGEST = 200_000_000
M = TypeVar("M", bound=Model)


class NotTakenOver(Exception):
    """A sentence for whoever runs this site: what is wrong with the file, or what is in the way."""


def read_handover(file: IO[bytes]) -> Read:
    """What a hand-over file says. Raises `NotTakenOver` where it is none."""
    try:
        with zipfile.ZipFile(file) as packed:
            if packed.getinfo(FILE).file_size > LARGEST:
                raise NotTakenOver("This file is larger than any network.")
            said: Any = json.loads(packed.read(FILE))
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, OSError) as error:
        raise NotTakenOver("This is no hand-over file: take the zip as the old home made it.") from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise NotTakenOver("This is no hand-over file: take the zip as the old home made it.")
    if said.get("version") != VERSION:
        raise NotTakenOver("This hand-over file was made by another version of this program. Bring both up to date.")
    return said


def take_over(said: Read, *, organiser: User, slug: str = "") -> Network:
    """Make the network, its programme and its notes, and bring in those who said yes, as yet without their promise.

    Nobody is written to: the organiser does that from the panel, and each person becomes a member by their own press
    (decision 30). Raises `NotTakenOver`, and then keeps nothing.
    """
    slug = slug or str(said.get("network", {}).get("slug", ""))
    if Network.objects.filter(slug=slug).exists():
        raise NotTakenOver(f"There is a network at “{slug}” already. Name another address for this one.")
    try:
        with transaction.atomic():
            return _Taking(said, slug, organiser).whole()
    except (KeyError, TypeError, ValueError, AttributeError, ValidationError, IntegrityError, Refused) as error:
        raise NotTakenOver("Something in this hand-over file is missing or damaged, so nothing was taken.") from error


class _Taking:
    """One file on its way into rows."""

    def __init__(self, said: Read, slug: str, organiser: User) -> None:
        self.said, self.organiser = said, organiser
        self.network = _made(Network, {**said["network"], "slug": slug})
        self.network.full_clean()
        self.network.save()

    def whole(self) -> Network:
        Membership.objects.create(
            network=self.network,
            user=self.organiser,
            role=Membership.Role.OWNER,
            state=Membership.State.ACTIVE,
        )
        series = {one["slug"]: self._of_network(Series, one) for one in self.said["series"]}
        topics = {one["slug"]: self._of_network(Topic, one) for one in self.said["topics"]}
        for one in self.said["meetings"]:
            meeting = _made(Meeting, one, network=self.network, series=series.get(one["series"]))
            if Meeting.objects.filter(calendar_uid=meeting.calendar_uid).exists():
                # Two copies on one site: calendars must be able to tell them apart.
                meeting.calendar_uid = Meeting._meta.get_field("calendar_uid").get_default()
            meeting.save()
            meeting.topics.set([topics[slug] for slug in one["topics"]])
            self._agenda(meeting, one)
            self._notes(meeting, one["editions"])
        self._people(self.said["people"])
        return self.network

    def _of_network(self, kind: type[Model], said: Read) -> Any:
        row = _made(kind, said, network=self.network)
        row.save()
        return row

    def _agenda(self, meeting: Meeting, said: Read) -> None:
        for part in said["agenda"]:
            item = _made(AgendaItem, part, meeting=meeting)
            item.save()
            for one in part["speakers"]:
                speaker = _made(Speaker, one, agenda_item=item)
                speaker.save()
                for file in one["files"]:
                    # Written anew, in a process apart, like any file that somebody gives.
                    keep_file(speaker, file["kind"], clean(file["kind"], b64decode(file["content"], validate=True)))
            for one in part["materials"]:
                _made(Material, one, meeting=meeting, agenda_item=item).save()
        for one in said["materials"]:
            _made(Material, one, meeting=meeting).save()

    def _notes(self, meeting: Meeting, editions: Iterable[Read]) -> None:
        """Made anew from their words, through this site's own allow-list: a file can say anything."""
        for said in editions:
            sections = tuple(
                Section(
                    title=part["title"],
                    lines=tuple(Line(text=one["text"], attribution=one["attribution"]) for one in part["lines"]),
                )
                for part in said["content"]
            )
            content = rules.Edition(audience=rules.Audience(said["audience"]), title=said["title"], sections=sections)
            edition = freeze(
                meeting,
                content,
                number=int(said["number"]),
                made_on=date.fromisoformat(said["made_on"]),
                corrected_on=date.fromisoformat(said["corrected_on"]) if said["corrected_on"] else None,
            )
            send_out(edition, at=datetime.fromisoformat(f"{said['circulated_on']}T12:00:00+00:00"))

    def _people(self, people: list[Read]) -> None:
        """As from a list (decision 30): on it at once, and members by their own yes here."""
        batch = Batch.objects.create(
            network=self.network, created_by=self.organiser, state=Batch.State.DONE, moved_at=timezone.now()
        )
        by_address = {str(one["email"]).lower(): one for one in people}
        words = ("name", "organisation", "job_title", "sector")
        entries = [
            Entry(line=at, address=address, standing=Standing.SUBSCRIBED, **{word: str(one[word]) for word in words})
            for at, (address, one) in enumerate(by_address.items(), 1)
        ]
        new = [one for one in match(self.network, entries) if one.outcome == Outcome.NEW]
        make_members(batch, new)
        batch.total, batch.done, batch.counts = len(entries), len(entries), {"did-new": len(new)}
        batch.save()
        for membership in Membership.objects.filter(brought__batch=batch).select_related("user"):
            agreed = by_address[membership.user.email.lower()]["agreed"]
            given_at = datetime.fromisoformat(agreed["at"])
            Carried.objects.create(membership=membership, wording=str(agreed["wording"]), given_at=given_at)


def _made(kind: type[M], said: Read, **related: object) -> M:
    """A row of this kind, not saved yet, of what the file says of its own columns; others stay as they begin."""
    row = kind(**related)
    for field in kind._meta.concrete_fields:
        known = not field.primary_key and not field.is_relation and field.name not in LEFT_OUT.get(kind, frozenset())
        if known and field.name in said:
            setattr(row, field.name, field.to_python(said[field.name]))
    row.clean_fields(exclude=[field.name for field in kind._meta.concrete_fields if field.is_relation])
    return row
