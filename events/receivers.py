"""What the programme does when something happens to members."""

from datetime import datetime

from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from django.utils.translation import ngettext

from events.actions.colleagues import forget_openness
from events.actions.nagging import nag_due
from events.actions.registering import adopt_guest_registrations, forget_guest
from events.actions.reminding import remind_due
from events.actions.reporting import forget_in_reports
from events.actions.speaking import forget_speaker, hide_what_they_refused
from events.actions.standing_places import adopt_standing_places, end_standing_places
from events.actions.telling import tell
from events.actions.unnaming import write_without
from events.actions.uploading import delete_bytes, sweep
from events.models import Meeting, Speaker, Upload
from events.rendering import upcoming
from members.formats.own_data import Part
from members.formats.upcoming import Upcoming
from members.models import Membership, Network, User
from members.signals import asking_for_rest, erased, erasing, gathering_dates, gathering_own_data, joined, left, ticked

# As many as somebody new reads; the rest is on the network's page and in its calendar.
MOST_DATES = 6


@receiver(joined)
def give_them_their_registrations(sender: type[Membership], membership: Membership, **kwargs: object) -> None:
    """Whoever came as a guest before finds those meetings in their account."""
    adopt_guest_registrations(membership)
    adopt_standing_places(membership)


@receiver(left)
def register_them_no_more(sender: type[Membership], membership: Membership, **kwargs: object) -> None:
    """Whoever has left a network comes to no further meeting of it by itself."""
    end_standing_places(membership)
    forget_openness(membership)


@receiver(asking_for_rest)
def have_no_meeting_to_come(network: Network, at: datetime, **kwargs: object) -> list[str]:
    """Whoever has registered is not to wait before a closed door: a meeting is held, or cancelled, first."""
    to_come = Meeting.objects.of(network).published().upcoming(at).count()
    words = ngettext(
        "%d meeting is still to come. Hold it first, or cancel it and tell those who have registered.",
        "%d meetings are still to come. Hold them first, or cancel them and tell those who have registered.",
        to_come,
    )
    return [words % to_come] if to_come else []


@receiver(pre_delete, sender=Speaker)
def keep_what_they_refused_out_of_sight(instance: Speaker, **kwargs: object) -> None:
    """A recording that its speaker has not said yes to is not seen for want of a speaker, nor a name read."""
    write_without(instance)
    hide_what_they_refused(instance)


@receiver(post_delete, sender=Upload)
def delete_its_file(instance: Upload, **kwargs: object) -> None:
    """Whatever took the row along: a file is never kept without one."""
    delete_bytes(instance)


@receiver(ticked)
def delete_files_without_a_row(now: datetime, **kwargs: object) -> None:
    sweep(now)


@receiver(erasing)
def forget_what_they_gave_for_their_talks(email: str, user: User | None, **kwargs: object) -> None:
    forget_speaker(email, user)


@receiver(gathering_own_data)
def tell_what_we_know(user: User, **kwargs: object) -> list[Part]:
    return list(tell(user))


@receiver(erased)
def forget_their_registrations(email: str, at: datetime, **kwargs: object) -> None:
    """What they registered for with an account went with it; this is the rest, and who waits moves up."""
    forget_guest(email, at=at)
    forget_in_reports(email)


@receiver(ticked)
def remind_people(now: datetime, **kwargs: object) -> None:
    """Whose turn it is to be reminded of a meeting."""
    remind_due(now)


@receiver(ticked)
def remind_organisers(now: datetime, **kwargs: object) -> None:
    """What they have not done yet."""
    nag_due(now)


@receiver(gathering_dates)
def say_what_comes_next(network: Network, at: datetime, **kwargs: object) -> list[Upcoming]:
    """The next published meetings, for whoever is new (B21)."""
    ahead = Meeting.objects.of(network).published().upcoming(at).select_related("network", "series")
    return [upcoming(meeting) for meeting in ahead[:MOST_DATES]]
