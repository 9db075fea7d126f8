"""A speaker's own page: the link that opens it, and what is still missing on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cop.lib.signing import absolute_url, claimed_subject, personal_token, read_personal_token
from events.models import AgendaItem, Material, Meeting, Speaker, Upload
from events.models.speakers import SpeakerQuerySet
from events.rules.preparing import Given, Missing, missing

LINK_LIVES_FOR = timedelta(days=90)
# "Nobody is nudged twice a day", however many organisers there are.
ASKED_AT_MOST_EVERY = timedelta(hours=24)

WORDS: dict[Missing, Promise] = {
    Missing.ABSTRACT: _("what the talk is about, in a few sentences"),
    Missing.ROLE: _("a role or an organisation"),
    Missing.BIOGRAPHY: _("a few words about the speaker"),
    Missing.PHOTO: _("a photo"),
    Missing.SLIDES: _("slides, if there are any"),
    Missing.NAME_CHOICE: _("who may see the name"),
    Missing.SLIDES_CHOICE: _("who may see the slides"),
    Missing.RECORDING_CHOICE: _("who may see the recording"),
}


class LinkIsTooOld(Exception):
    """The link was right once; `speaker` can have another."""

    def __init__(self, speaker: Speaker) -> None:
        super().__init__()
        self.speaker = speaker


@dataclass(frozen=True, slots=True)
class Wanting:
    """What is missing of a meeting's talks: talks without a speaker, and speakers who have not told us all."""

    talks: list[AgendaItem]
    speakers: list[Speaker]

    def __bool__(self) -> bool:
        return bool(self.talks or self.speakers)


def speakers_of(meeting: Meeting) -> SpeakerQuerySet:
    """All speakers of a meeting with their talks, for those who organise it."""
    slides = Material.objects.filter(kind=Material.Kind.SLIDES)
    known = Speaker.objects.filter(agenda_item__meeting=meeting).select_related("agenda_item", "user")
    return known.prefetch_related(Prefetch("agenda_item__materials", slides), "uploads").order_by(
        "agenda_item__position", "position", "pk"
    )


def talk_purpose(speaker: Speaker) -> str:
    """What the link in a speaker's letter is good for: this talk, until the key is changed or the address is."""
    return f"talk {speaker.link_key} {speaker.address.lower()}"


def talk_link(speaker: Speaker) -> str:
    return absolute_url(reverse("events:talk", args=[personal_token(talk_purpose(speaker), speaker.pk)]))


def speaker_by_token(token: str) -> Speaker:
    """The speaker whose page this opens. Raises `LinkIsTooOld`, and `Http404` for none, or one taken back."""
    known = Speaker.objects.select_related("user", "agenda_item__meeting__network", "agenda_item__meeting__series")
    speaker = get_object_or_404(known, pk=claimed_subject(token))
    read_personal_token(token, talk_purpose(speaker), None)
    try:
        read_personal_token(token, talk_purpose(speaker), LINK_LIVES_FOR)
    except Http404:
        raise LinkIsTooOld(speaker) from None
    return speaker


def asked_lately(speaker: Speaker, *, at: datetime) -> bool:
    """Whether they were written to within a day, so that nobody writes again."""
    return speaker.asked_at is not None and at - speaker.asked_at < ASKED_AT_MOST_EVERY


def missing_of(speaker: Speaker) -> tuple[Missing, ...]:
    """What is still to be asked of them. Slides of the talk are slides, whoever of its speakers brought them."""
    slides = [one for one in speaker.agenda_item.materials.all() if one.kind == Material.Kind.SLIDES]
    return missing(
        Given(
            abstract=speaker.agenda_item.description,
            role=speaker.role,
            organisation=speaker.organisation,
            biography=speaker.biography,
            has_photo=any(one.kind == Upload.Kind.PHOTO for one in speaker.uploads.all()),
            has_slides=bool(slides),
            name_choice=speaker.name_seen_by,
            slides_choice=speaker.slides_seen_by,
            recording_choice=speaker.recording_seen_by,
        )
    )


def wanting_of(meeting: Meeting) -> Wanting:
    """What organisers are asked for and reminded of, wherever that is said (B85)."""
    return Wanting(
        talks=list(meeting.agenda.filter(kind=AgendaItem.Kind.TALK, speakers=None)),
        speakers=[speaker for speaker in speakers_of(meeting) if missing_of(speaker)],
    )


def waiting_recordings(meeting: Meeting) -> list[Material]:
    """Recordings that the organisers show, and that nobody sees, since a speaker has not said yes to it (B85)."""
    shown = meeting.materials.filter(kind=Material.Kind.RECORDING).exclude(visibility=Material.Visibility.NOBODY)
    return list(shown.exclude(pk__in=meeting.materials.visible_to(is_member=True)).select_related("agenda_item"))
