"""Putting the demo network into the database, with the days counted from today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from cop.demo import meetings as told, noted
from cop.demo.noted import DemoNote
from cop.demo.people import GUESTS, MEMBERS, NOTE_TAKER, ORGANISER, DemoPerson
from events.access import counted_as
from events.actions.asking import ask_question, support_question
from events.actions.registering import Guest, confirm_words, register_guest, register_member
from events.actions.scheduling import schedule_meeting
from events.models import AgendaItem, Material, Meeting, Registration, SeenBy, Series, Speaker, Topic
from members.models import Agreement, Delivery, Membership, Network, User

WEDNESDAY = 2
PLACES = 13
VIDEO = "https://video.example/"


@dataclass(frozen=True, slots=True)
class Demo:
    """What was loaded; `earlier` is oldest first, as is `cop.demo.noted.EARLIER`."""

    network: Network
    people: dict[str, User]
    earlier: list[Meeting]
    last_week: Meeting
    coming: Meeting


@transaction.atomic
def load(today: date) -> Demo:
    """The whole network: members, past meetings, last week's, next Wednesday's, and the draft of one after that."""
    network = Network.objects.create(
        name=told.NAME,
        slug=told.SLUG,
        tagline=told.TAGLINE,
        description=told.DESCRIPTION,
        publishes_write_ups=True,
        records_joining=True,
    )
    people = make_members(network)
    series = Series.objects.create(
        network=network, title="The Long Table", slug="monthly", rule="FREQ=MONTHLY;BYDAY=2WE"
    )
    recent, coming_on = wednesdays(today)
    days = [recent - timedelta(weeks=4 * back) for back in range(len(told.EARLIER), 0, -1)]
    earlier = [
        hold(series, on, meeting, notes, people)
        for on, meeting, notes in zip(days, told.EARLIER, noted.EARLIER, strict=True)
    ]
    last_week = hold(series, recent, told.LAST_WEEK, noted.LAST_WEEK, people)
    coming = announce(series, coming_on, told.NEXT_WEEK, people)
    fill(coming, people)
    ask(coming)
    schedule_meeting(series, on=coming_on + timedelta(weeks=4))
    return Demo(network, people, earlier, last_week, coming)


def consider_sent(network: Network) -> None:
    """Nobody in the demo has a mailbox: what was written to them counts as sent."""
    waiting = Delivery.objects.filter(mailing__network=network, state=Delivery.State.WAITING)
    waiting.update(state=Delivery.State.SENT, sent_at=timezone.now())


def remove() -> None:
    """Take the demo network and its people away again."""
    Network.objects.filter(slug=told.SLUG).delete()
    made_up = [person.email for person in (ORGANISER, NOTE_TAKER, *MEMBERS)]
    User.objects.filter(email__in=made_up, memberships=None).delete()


def wednesdays(today: date) -> tuple[date, date]:
    """Wednesday of last week, and the next one after today."""
    this_week = today - timedelta(days=today.weekday()) + timedelta(days=WEDNESDAY)
    return this_week - timedelta(weeks=1), this_week if this_week > today else this_week + timedelta(weeks=1)


def make_members(network: Network) -> dict[str, User]:
    """Everybody's account and membership, by address."""
    roles = {ORGANISER.email: Membership.Role.OWNER, NOTE_TAKER.email: Membership.Role.NOTE_TAKER}
    everybody = (ORGANISER, NOTE_TAKER, *MEMBERS)
    users = [make_user(person) for person in everybody]
    memberships = Membership.objects.bulk_create(
        Membership(network=network, user=user, state="active", role=roles.get(user.email, "member")) for user in users
    )
    Agreement.objects.bulk_create(
        Agreement(membership=one, wording=network.ground_rules, way="demo") for one in memberships
    )
    return {user.email: user for user in users}


def make_user(person: DemoPerson) -> User:
    user = User.objects.create_user(
        person.email,
        name=person.name,
        organisation=person.organisation,
        sector=person.sector,
        job_title=person.job_title,
        also_known_as=person.also_known_as,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def announce(series: Series, on: date, text: told.DemoMeeting, people: dict[str, User]) -> Meeting:
    """A published meeting with its agenda, speakers, films and slides."""
    meeting = schedule_meeting(series, on=on, theme=text.theme, summary=text.summary)
    meeting.body, meeting.state = text.body, Meeting.State.PUBLISHED
    meeting.save()
    meeting.topics.set([topic(meeting.network, name) for name in text.topics])
    meeting.agenda.all().delete()
    welcome = AgendaItem(kind="welcome", title="Welcome, and the Chatham House Rule", minutes=5)
    lengths = 40 // len(text.talks)
    talks = [
        AgendaItem(kind=talk.kind, basis="record", title=talk.title, description=talk.description, minutes=lengths)
        for talk in text.talks
    ]
    closing = [
        AgendaItem(kind="discussion", title="Discussion", minutes=25),
        AgendaItem(kind="actions", title="What next", minutes=5),
    ]
    lay_out(meeting, [welcome, *talks, *closing])
    for item, talk in zip(talks, text.talks, strict=True):
        give(item, talk, people)
    return meeting


def topic(network: Network, name: str) -> Topic:
    return Topic.objects.get_or_create(network=network, slug=slugify(name), defaults={"name": name})[0]


def lay_out(meeting: Meeting, agenda: Sequence[AgendaItem]) -> None:
    for position, item in enumerate(agenda, start=1):
        item.meeting, item.position = meeting, position
        item.save()


def give(item: AgendaItem, talk: told.DemoTalk, people: dict[str, User]) -> None:
    """Who presents, and what can be watched or read afterwards."""
    for position, one in enumerate(talk.speakers):
        Speaker.objects.create(
            agenda_item=item,
            user=people.get(one.email),
            name=one.name,
            role=one.role,
            organisation=one.organisation,
            email=one.email,
            position=position,
            name_seen_by=SeenBy.PUBLIC,
            slides_seen_by=talk.slides,
            recording_seen_by=talk.film,
        )
    for kind, visibility in (("recording", talk.film), ("slides", talk.slides)):
        if visibility:
            Material.objects.create(
                meeting=item.meeting,
                agenda_item=item,
                kind=kind,
                title=talk.title,
                url=f"{VIDEO}{kind}/{slugify(talk.title)}",
                minutes=18 if kind == "recording" else None,
                visibility=visibility,
            )


def hold(
    series: Series, on: date, text: told.DemoMeeting, notes: Sequence[DemoNote], people: dict[str, User]
) -> Meeting:
    """A past meeting, with those who came and two who did not."""
    meeting = announce(series, on, text, people)
    heard = {note.by for note in notes} | {speaker.email for talk in text.talks for speaker in talk.speakers}
    present = [who for place, who in enumerate(people) if came(place, meeting) or who in heard]
    absent = [who for who in people if who not in present][:2]
    states = dict.fromkeys(present, Registration.State.ATTENDED) | dict.fromkeys(absent, Registration.State.REGISTERED)
    Registration.objects.bulk_create(as_registered(meeting, people[who], state) for who, state in states.items())
    return meeting


def came(place: int, meeting: Meeting) -> bool:
    """Those who run the network always come; of the members two in three, others each time."""
    return place < 2 or (place + (meeting.number or 0)) % 3 != 0


def as_registered(meeting: Meeting, user: User, state: str) -> Registration:
    return Registration(
        meeting=meeting,
        user=user,
        name=user.name,
        organisation=user.organisation,
        job_title=user.job_title,
        sector=user.sector,
        state=state,
        confirmed=True,
    )


def fill(meeting: Meeting, people: dict[str, User]) -> None:
    """Registrations for a meeting to come: all places taken, two of them by guests, and one member waiting."""
    meeting.capacity, meeting.video_link = PLACES, f"{VIDEO}call/{meeting.slug}"
    meeting.save(update_fields=["capacity", "video_link"])
    for one in MEMBERS[: PLACES - len(GUESTS)]:
        register_member(meeting, people[one.email])
    for guest in GUESTS:
        said = Guest(email=guest.email, name=guest.name, organisation=guest.organisation, sector=guest.sector)
        confirm_words(register_guest(meeting, said).pk)
    register_member(meeting, people[MEMBERS[PLACES].email])


def ask(meeting: Meeting) -> None:
    """Questions without a name, and people who want to hear the same."""
    at, people = timezone.now(), [counted_as(one) for one in meeting.registrations.with_place()]
    for place, (text, supports) in enumerate(noted.QUESTIONS):
        ask_question(meeting, person=people[place], text=text, at=at)
        (question,) = [one for one in meeting.questions.all() if one.text == text]
        for person in people[:supports]:
            support_question(meeting, person=person, question_id=question.pk, at=at)
