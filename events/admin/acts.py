"""What an organiser can do to a meeting with one press: each on a page that says what will happen, and asks."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from events.actions.publishing import cancel_meeting, publish_meeting
from events.actions.registering import fill_free_places
from events.green_rooms import have_said
from events.models import Meeting, Speaker, StandingPlace
from events.rules.seating import may_move_up
from members.models import User

State = Meeting.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A press: when it is offered, what is asked before, and what is done and said."""

    name: str
    button: str | Promise
    offered: Callable[[Meeting], bool]
    consequences: Callable[[Meeting], list[str]]
    do: Callable[[Meeting, User], str]
    changes: tuple[str, ...] = ()
    is_grave: bool = False


def lies_ahead(meeting: Meeting) -> bool:
    return not meeting.is_over(timezone.now())


def registered_count(meeting: Meeting) -> int:
    return meeting.registrations.standing().count()


def publishing(meeting: Meeting) -> list[str]:
    """What publishing does, and what is still missing."""
    lines = [_("Everybody can see it, and register."), *those_written_to(meeting)]
    if not meeting.theme:
        lines.append(_("It has no theme yet."))
    if meeting.place != Meeting.Place.ROOM and not meeting.video_link:
        lines.append(_("It has no video link yet. You can add it until the meeting begins; nobody needs a new letter."))
    if not meeting.agenda.filter(speakers__isnull=False).exists():
        lines.append(_("It has no speakers yet; its page says so."))
    unnamed = Speaker.objects.unnamed_to(is_member=False).filter(agenda_item__meeting=meeting).count()
    if unnamed:
        said = ngettext(
            "%d speaker has not said that everybody may see their name, so the public page does not name them.",
            "%d speakers have not said that everybody may see their names, so the public page does not name them.",
            unnamed,
        )
        lines.append(said % unnamed)
    return lines


def those_written_to(meeting: Meeting) -> list[str]:
    """Whoever asked for a place at every meeting, speakers who have said what they want, and nobody else."""
    lines = []
    if people := StandingPlace.objects.filter(series=meeting.series_id).able().count():
        always = ngettext(
            "%d person comes to every meeting of the series: they are registered, and get the letter with the entry "
            "for their calendar.",
            "%d people come to every meeting of the series: they are registered, and get the letter with the entry "
            "for their calendar.",
            people,
        )
        lines.append(always % people)
    if speakers := len(have_said(meeting)):
        said = ngettext(
            "%d speaker gets the entry for their calendar.", "%d speakers get the entry for their calendars.", speakers
        )
        lines.append(said % speakers)
    return [*lines, _("Nobody else is written to.") if lines else _("Nobody is written to.")]


def publish(meeting: Meeting, by: User) -> str:
    publish_meeting(meeting)
    return _("The meeting is published.")


def cancelling(meeting: Meeting) -> list[str]:
    people = registered_count(meeting)
    return [
        _("Its page says at once that it will not take place, and nobody can register any more."),
        ngettext(
            "%d person has registered. Nobody is written to by this: you can tell them with the next press.",
            "%d people have registered. Nobody is written to by this: you can tell them with the next press.",
            people,
        )
        % people,
        _("This cannot be undone."),
    ]


def cancel(meeting: Meeting, by: User) -> str:
    cancel_meeting(meeting)
    return _("The meeting is cancelled. Those who registered have not been told yet.")


def those_who_may_move_up(meeting: Meeting) -> int:
    taken, waiting = meeting.registrations.with_place().count(), meeting.registrations.waiting().count()
    return may_move_up(meeting.capacity, taken=taken, waiting=waiting)


def filling(meeting: Meeting) -> list[str]:
    people = those_who_may_move_up(meeting)
    return [
        ngettext(
            "%d person on the waiting list gets a place, and a letter that says so.",
            "%d people on the waiting list get a place, and a letter that says so.",
            people,
        )
        % people
    ]


def fill(meeting: Meeting, by: User) -> str:
    count = fill_free_places(meeting)
    return ngettext("%d person has a place now.", "%d people have a place now.", count) % count


ACTS = {
    act.name: act
    for act in (
        Act(
            name="publish",
            button=gettext_lazy("Publish"),
            offered=lambda meeting: meeting.state == State.DRAFT,
            consequences=publishing,
            do=publish,
            changes=("state",),
        ),
        Act(
            name="fill",
            button=gettext_lazy("Give free places to the waiting list"),
            offered=lambda meeting: (
                meeting.state == State.PUBLISHED and lies_ahead(meeting) and those_who_may_move_up(meeting) > 0
            ),
            consequences=filling,
            do=fill,
            changes=("registrations",),
        ),
        Act(
            name="cancel",
            button=gettext_lazy("Cancel the meeting"),
            offered=lambda meeting: meeting.state == State.PUBLISHED and lies_ahead(meeting),
            consequences=cancelling,
            do=cancel,
            changes=("state",),
            is_grave=True,
        ),
    )
}
