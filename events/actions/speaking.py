"""What speakers say of themselves and their talk, and writing to them for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from events.actions.green_rooms import bring_entries_up_to_date
from events.actions.unnaming import hold_meetings_of, write_without
from events.actions.uploading import keep_file, remove_file, remove_files_of
from events.models import AgendaItem, Material, Meeting, Speaker, SpeakerEntry
from events.models.speakers import new_link_key
from events.rules.visibility import EVERYBODY, MEMBERS, NOBODY
from events.talks import asked_lately, missing_of
from members.actions.limiting import is_within
from members.actions.mailing import Recipient, send_letter
from members.models import User

LINKS_A_DAY = 3


class NotAsked(Exception):
    """The message is for the organiser: why nobody was written to."""


class TalkHasChanged(Exception):
    """Somebody else changed title or abstract since the page was opened. The talk stands as they left it."""


class AddressIsTaken(Exception):
    """The address of the slides is something else's on this meeting's page already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a speaker gives for their talk. `before` is how title and abstract read when they opened the page."""

    before: tuple[str, str]
    title: str
    abstract: str
    name: str
    role: str
    organisation: str
    link: str
    biography: str
    slides_url: str
    name_seen_by: str
    slides_seen_by: str
    recording_seen_by: str


@transaction.atomic
def save_talk(speaker: Speaker, said: Said, *, at: datetime, files: Mapping[str, bytes] | None = None) -> Speaker:
    """Keep what the speaker says; what they chose holds at once, everywhere (B44, B45).

    `files` are cleaned ones by their kind; each takes the place of the one before, nothing its place too.
    Raises `TalkHasChanged` and `AddressIsTaken`; then nothing was kept.
    """
    # The meeting first, like everybody who writes about it: whatever is saved here, the search asks for its row.
    Meeting.objects.select_for_update(of=("self",), no_key=True).get(agenda=speaker.agenda_item_id)
    talk = AgendaItem.objects.select_for_update().get(pk=speaker.agenda_item_id)
    held = Speaker.objects.select_for_update(of=("self",)).select_related("user").get(pk=speaker.pk)
    if (said.title, said.abstract) != said.before:
        stands = (talk.title, talk.description.replace("\r\n", "\n"))
        if stands not in (said.before, (said.title, said.abstract)):
            raise TalkHasChanged
        talk.title, talk.description = said.title, said.abstract
        talk.save(update_fields=["title", "description"])
    _link_slides(held, talk, said.slides_url)
    held.name, held.role, held.organisation = said.name, said.role, said.organisation
    held.link, held.biography = said.link, said.biography
    held.name_seen_by, held.slides_seen_by = said.name_seen_by, said.slides_seen_by
    held.recording_seen_by, held.said_at = said.recording_seen_by, at
    held.save()
    for kind, cleaned in (files or {}).items():
        if cleaned:
            keep_file(held, kind, cleaned)
        else:
            remove_file(held, kind)
    bring_entries_up_to_date(held.agenda_item.meeting, only=held.address.lower())
    return held


def linked_slides(speaker: Speaker) -> Material | None:
    """The slides that this speaker gave an address of."""
    return speaker.brought.filter(kind=Material.Kind.SLIDES, upload=None).first()


def _link_slides(speaker: Speaker, talk: AgendaItem, url: str) -> None:
    """Have the meeting's page lead to these slides of theirs, and no longer to those before."""
    before = linked_slides(speaker)
    if before is not None and before.url == url:
        return
    if url and Material.objects.filter(meeting=talk.meeting_id, url=url).exists():
        raise AddressIsTaken
    if before is not None:
        before.delete()
    if url:
        Material.objects.create(
            meeting_id=talk.meeting_id,
            agenda_item=talk,
            speaker=speaker,
            kind=Material.Kind.SLIDES,
            title=(_("Slides: %s") % talk.title)[:300],
            url=url,
            visibility=EVERYBODY,  # the speaker's own choice is what holds
        )


@transaction.atomic
def ask_speaker(speaker: Speaker, *, by: User, at: datetime) -> str:
    """Write to a speaker: an invitation first, then a nudge that says what is missing (B46). Returns the letter's name.

    Raises `NotAsked` where there is no address, nothing is missing, or somebody wrote to them within a day.
    """
    held = (
        Speaker.objects.select_for_update(of=("self",))
        .select_related("user", "agenda_item__meeting")
        .get(pk=speaker.pk)
    )
    if not held.address:
        raise NotAsked(_("There is no address of theirs. Add it on the meeting’s page first."))
    if asked_lately(held, at=at):
        raise NotAsked(_("They were written to within the last day. Leave them until tomorrow."))
    if held.asked_at is not None and not missing_of(held):
        raise NotAsked(_("Nothing is missing any more."))
    letter = "events/speaker_nudged" if held.asked_at else "events/speaker_invited"
    Speaker.objects.filter(pk=held.pk).update(asked_at=at)
    _write(letter, held, by=by)
    return letter


@transaction.atomic
def thank_speakers(meeting: Meeting, *, by: User, at: datetime) -> int:
    """Write to each speaker once, after the meeting: how many came, and how it was (B48). Returns to how many."""
    if not meeting.is_over(at) or meeting.state != Meeting.State.PUBLISHED:
        return 0
    everybody = Speaker.objects.filter(agenda_item__meeting=meeting, thanked_at=None).select_related("user")
    held = everybody.select_for_update(of=("self",))
    reached = [speaker for speaker in held if speaker.address]
    Speaker.objects.filter(pk__in=[one.pk for one in reached]).update(thanked_at=at)
    for speaker in reached:
        _write("events/speaker_thanked", speaker, by=by)
    return len(reached)


def send_another_link(speaker: Speaker) -> bool:
    """Write to the speaker's own address with a new link; whether one more was due. No other address gets it."""
    if not speaker.address or not is_within("speaker link", str(speaker.pk), most=LINKS_A_DAY, every=timedelta(days=1)):
        return False
    _write("events/speaker_link", speaker)
    return True


def take_links_back(speaker: Speaker) -> None:
    """Let every link to this speaker's page that is out lead nowhere."""
    Speaker.objects.filter(pk=speaker.pk).update(link_key=new_link_key())
    theirs = SpeakerEntry.objects.filter(meeting__agenda=speaker.agenda_item_id, email__iexact=speaker.address)
    theirs.update(link_key=new_link_key())


def forget_speaker(email: str, user: User | None) -> None:
    """What an erased person gave for their talks goes; that they spoke stays where everybody may know it.

    Where not, their name is in no text of the meeting either. A choice stays: a recording that was refused is refused
    for good.
    """
    theirs = Speaker.objects.filter(email__iexact=email) | Speaker.objects.filter(user__isnull=False, user=user)
    hold_meetings_of(theirs)
    for speaker in theirs.select_related("agenda_item").select_for_update(of=("self",)):
        speaker.biography, speaker.link, speaker.link_key, speaker.email = "", "", new_link_key(), ""
        if speaker.name_seen_by != EVERYBODY:
            write_without(speaker)
            speaker.name, speaker.role, speaker.organisation = _("A speaker"), "", ""
        speaker.save()
        remove_files_of([speaker])
    SpeakerEntry.objects.filter(email__iexact=email).delete()


def hide_what_they_refused(speaker: Speaker) -> None:
    """Take what this speaker keeps out of sight away from readers in the material itself, before the speaker goes."""
    of_meeting = Q(agenda_item=None, meeting=speaker.agenda_item.meeting_id)
    theirs = Material.objects.filter(Q(agenda_item=speaker.agenda_item_id) | of_meeting | Q(speaker=speaker))
    chosen = {Material.Kind.RECORDING: speaker.recording_seen_by, Material.Kind.SLIDES: speaker.slides_seen_by}
    for kind, choice in chosen.items():
        if choice == MEMBERS:
            theirs.filter(kind=kind, visibility=EVERYBODY).update(visibility=MEMBERS)
        elif choice != EVERYBODY:
            theirs.filter(kind=kind).update(visibility=NOBODY)


def _write(letter: str, speaker: Speaker, *, by: User | None = None) -> None:
    meeting = speaker.agenda_item.meeting
    to = Recipient(speaker.address, speaker.name, speaker.user, speaker.pk)
    send_letter(letter, [to], network=meeting.network, about_id=meeting.pk, created_by=by)
