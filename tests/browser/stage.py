"""The demo network as it never is at one time: every page of the site has something to show, much of it, or nothing."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from django.utils import timezone

from cop.demo.loading import Demo, announce, hold, load
from cop.demo.meetings import DemoMeeting, DemoSpeaker, DemoTalk
from cop.demo.noted import DemoNote
from cop.demo.notes import load_notes, take
from cop.demo.people import MEMBERS, NOTE_TAKER, ORGANISER
from cop.ending.models import Certificate, Parcel
from cop.ending.moving import ask_members
from events.actions.answering import answer, close_survey, open_survey
from events.actions.asking import ask_question, support_question
from events.actions.hosting import answer_question, put_aside, show_question
from events.actions.introducing import answer_introduction, ask_for_introduction
from events.actions.offering import call_for_talks, offer_talk
from events.actions.reporting import discard_report, proposal, take_report, use_report
from events.actions.suggesting import suggest_topic, want
from events.models import AttendanceReport, Introduction, Meeting, Registration, Series, Suggestion, Survey
from events.rules.introductions import Answer
from events.rules.surveys import Sheet
from members.actions.importing import begin, go_ahead
from members.actions.recording import record_act
from members.actions.resting import put_to_rest
from members.importing.bringing import bring_in
from members.importing.reading import read
from members.mailboxes import note_bounce
from members.models import Batch, Membership, Network, SignUp, User
from members.rules.bouncing import Verdict
from notes.actions.adding import add_own_point
from notes.actions.arranging import settle_order
from notes.actions.circulating import make_edition
from notes.actions.consenting import Choice, own_notes, save_choices
from notes.actions.correcting import word
from notes.actions.forgetting import forget
from notes.actions.reviewing import review
from notes.actions.suggesting import points_of, suggest
from notes.models import ConsentRequest, Edition, Notebook
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution, Audience
from tests.conftest import member_of, person
from tests.members.lists import export, table

WEEK = timedelta(weeks=1)
LONG_NAME = "Wilhelmina Konstantinopolitanska-Featherstonehaugh of the Upper Marshes"
LONG_TITLE = "Giving communities a powerful say in public sector data and AI projects"
LONG_ORGANISATION = "Interdepartmental Directorate-General for Participatory Infrastructure and Neighbourhoods"
POINTS = (
    "Ask before anything is built, and ask again when it has been: the second answer is the one to work with.",
    "Pay people for their time, at the same rate, on the day.",
    "A summary that fits on one side of paper is read; the annexes are read by whoever wants to stop the project. "
    "Both have to say the same, and somebody who wrote neither has to check that they do.",
    "Somebody has to own the answer.",
    "What a panel recommends needs a date by which it is answered, and an answer that says why not where it is no.",
)
MANY = tuple(
    DemoNote(
        part=2 + number % 4,
        text=f"{POINTS[number % len(POINTS)]} That was point {number + 1}.",
        by="" if number % 3 else MEMBERS[number % 10].email,
        kind="action" if number % 4 == 3 else "point",
        confidential=number % 13 == 12,
        level=(0, 1, 2, 3, None)[number % 5],
    )
    for number in range(40)
)
LONG = DemoMeeting(
    theme=LONG_TITLE,
    summary="What it takes to be asked early, to be heard, and to be told what came of it.",
    body="A long title, long names, and much to say.",
    talks=(
        DemoTalk(
            "Deliberation and anti-establishmentarianism: what four years of neighbourhood assemblies can show",
            "Who came, who stayed, and who had to be asked three times.",
            (DemoSpeaker(LONG_NAME, "Head of public engagement", LONG_ORGANISATION),),
            film="public",
            slides="members",
        ),
        DemoTalk("Short", "A short one.", (DemoSpeaker("Jo Li", "", ""),)),
    ),
    topics=("Deliberation", "Inclusion"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Who plays, and the meetings by what there is to see of them."""

    network: Network
    empty: Network
    resting: Network
    people: dict[str, User]
    coming: Meeting
    live: Meeting
    cancelled: Meeting
    review: Meeting
    reported: Meeting
    waiting: Meeting
    corrected: Meeting
    out: Meeting
    forgotten: Meeting
    draft: Meeting


def set_the_stage() -> Stage:
    demo = load(timezone.localdate())
    load_notes(demo)
    network, series, now = demo.network, Series.objects.get(), timezone.now()
    network.guests_may_read = network.publishes_write_ups = True
    network.save()
    organiser, taker, member = (demo.people[one.email] for one in (ORGANISER, NOTE_TAKER, MEMBERS[0]))
    root = User.objects.create_superuser("root@site.example", name="Root")
    record_act(network, by=organiser, words="Put to rest")
    nobody_yet = Network.objects.create(name="Quiet beginnings", slug="quiet", publishes_write_ups=True)
    newcomer = person("new@quiet.example", LONG_NAME, LONG_ORGANISATION, "civil-society")
    member_of(nobody_yet, newcomer, Membership.Role.OWNER)
    SignUp.objects.create(network=network, email="hopeful@people.example", name=LONG_NAME, sector="public")
    cancelled = announce(series, (now + 3 * WEEK).date(), LONG, demo.people)
    Meeting.objects.filter(pk=cancelled.pk).update(state=Meeting.State.CANCELLED)
    suggest_topics(network, member, organiser, demo.coming)
    surveyed(network)
    introduced(network, member, [demo.people[one.email] for one in MEMBERS[1:4]])
    call_for_talks(demo.coming, closes_at=demo.coming.starts_at, minutes=5)
    for email, title in ((MEMBERS[1].email, LONG_TITLE), (MEMBERS[2].email, POINTS[3])):
        user = demo.people[email]
        offer_talk(demo.coming, user, title=title, text=POINTS[2], name_seen_by="members", at=now)
    stage = Stage(
        network=network,
        empty=nobody_yet,
        resting=at_rest(organiser),
        people={
            "organiser": organiser,
            "note-taker": taker,
            "member": member,
            "newcomer": newcomer,
            "root": root,
            "brought": brought_over(network, organiser),
            "stranger": person("stan@elsewhere.example", "Stan Stranger"),
        },
        coming=questioned(demo),
        live=on_now(demo, member),
        cancelled=cancelled,
        review=suggested(demo),
        reported=reported(demo, organiser),
        waiting=much_noted(demo, organiser),
        corrected=corrected(demo, member, organiser),
        out=demo.earlier[-2],
        forgotten=forgotten(demo.earlier[0]),
        draft=Meeting.objects.get(state=Meeting.State.DRAFT),
    )
    network.needs_second_reviewer = True
    network.save()
    return stage


def reported(demo: Demo, organiser: User) -> Meeting:
    """A report of the last call, and what became of others."""
    meeting, now = demo.last_week, timezone.now()
    people = [f"{one.name},{one.email},,,{40 + number},Yes" for number, one in enumerate(MEMBERS[:3])]
    others = [f"{MEMBERS[4].name},,,,61,Yes", f"{LONG_NAME},w@marsh.example,,,9,Yes", "iPhone,,,,9,Yes"]
    head = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"
    for _number in range(3):
        take_report(meeting, "\n".join([head, *people, *people[:1], *others]).encode(), by=organiser, at=now)
    _waits, used, other = AttendanceReport.objects.order_by("pk")
    use_report(used, seen=proposal(used).seen)
    discard_report(other)
    return meeting


def at_rest(organiser: User) -> Network:
    """A network that has met for the last time."""
    closed = Network.objects.create(name="Neighbourhood archives", slug="archives")
    member_of(closed, organiser, Membership.Role.OWNER)
    link = "https://fjord.example/a-working-group-of-the-institute"
    for state in Parcel.State:
        Parcel.objects.create(network=closed, kind="archive", state=state, created_by=organiser, files=96, size=412_000)
    day, counts = timezone.localdate(), {"meetings": 17, "registrations": 412, "editions": 12, "memberships": 60}
    Certificate.objects.create(network_name=LONG_NAME, home_name=LONG_ORGANISATION, erased_on=day, counts=counts)
    ask_members(
        closed,
        home_name=LONG_ORGANISATION,
        home_link="https://fjord.example/",
        erase_on=day + 4 * WEEK,
        by=organiser,
        at=timezone.now(),
    )
    put_to_rest(closed, sentence=f"We go on as part of {LONG_ORGANISATION}.", link=link, at=timezone.now())
    return closed


def brought_over(network: Network, organiser: User) -> User:
    """An import in each state there is, and somebody whom one has brought and letters come back from."""
    listed = [(f"p{number}@lake.example", "Ann", "Lake", LONG_ORGANISATION) for number in range(40)]
    whole = export(subscribed=[*listed, ("no address",)], unsubscribed=[("gone@lake.example",)])
    unknown = BytesIO(table([["Wer", "Wohin"], [LONG_NAME, "x@y.example"]]))
    begin(network, by=organiser, files=[("list.csv", unknown)])
    done, decided = (begin(network, by=organiser, files=[("audience.zip", whole)]) for _number in range(2))
    read.call(done.pk)
    go_ahead(done)
    bring_in.call(done.pk)
    read.call(decided.pk)
    counts = {"new": 2_400, "did-new": 1_000, "undone": 12, "stayed": 1}
    for state in ("reading", "bringing", "undoing", "undone", "discarded", "refused"):
        Batch.objects.create(network=network, created_by=organiser, state=state, counts=counts, done=1_000)
    ann = User.objects.get(email="p0@lake.example")
    note_bounce(ann.email, Verdict.HARD, at=timezone.now())
    return ann


def suggest_topics(network: Network, member: User, organiser: User, coming: Meeting) -> None:
    """Topics in each state there is."""
    own = suggest_topic(network, member, title=LONG_TITLE, text=POINTS[2], shows_name=True)
    other = suggest_topic(network, organiser, title=POINTS[3])
    suggest_topic(network, organiser, title=POINTS[1], text=POINTS[4])
    for one in (own, other):
        for user in User.objects.filter(email__in=[member.email for member in MEMBERS[1:6]]):
            want(network, user, one.pk)
    want(network, member, other.pk)
    for state, said, meeting in (("taken-up", "", coming), ("not-now", POINTS[0], None)):
        made = suggest_topic(network, organiser, title=f"{state}: {POINTS[3]}")
        Suggestion.objects.filter(pk=made.pk).update(state=state, answer=said, meeting=meeting)


def introduced(network: Network, member: User, others: list[User]) -> None:
    """One who asks the member, one who was asked, and one where both said yes."""
    network.memberships.filter(user__in=[member, *others]).update(is_listed=True)
    first, second, third = (network.memberships.get(user=one) for one in others)
    own = network.memberships.get(user=member)
    for asker, to in ((first.user, own), (third.user, own), (member, second)):
        ask_for_introduction(network, asker, to.pk, words=POINTS[2], on=network.today)
    known = Introduction.objects.get(asker=third.user)
    answer_introduction(network, member, known.pk, Answer.YES)


def surveyed(network: Network) -> None:
    """A survey in each state there is, with a question of each kind; and feedback on the meeting before."""
    for state in Survey.State:
        survey = Survey.objects.create(network=network, title=f"{LONG_TITLE} ({state})", intro=POINTS[2])
        for kind, text, choices in (
            ("one", POINTS[3], "\n".join(POINTS)), ("many", "Which of these?", "Short\nLong"),
            ("scale", "How often?", "less\nmuch more than now"), ("text", "Anything else?", ""),
        ):  # fmt: skip
            survey.questions.create(kind=kind, text=text, choices=choices)
        for number in range(2):
            survey.questions.create(kind="time", starts_at=timezone.now() + number * WEEK)
        if state == Survey.State.DRAFT:
            continue
        open_survey(survey)
        survey.refresh_from_db()
        for number in range(9):
            chosen = {"1": [str(number % 3)], "2": ["0", "1"][: number % 3], "3": [str(1 + number % 5)]}
            times = {"5": ["maybe" if number % 2 else "no"], "6": ["yes" if number % 3 else "maybe"]}
            sheet = Sheet(chosen={**chosen, **times}, written={"4": POINTS[number % 5]})
            answer(survey, sheet, person=f"user {-number}", at=timezone.now())
        if state == Survey.State.CLOSED:
            close_survey(survey, at=timezone.now())


def questioned(demo: Demo) -> Meeting:
    """Questions of each state for the next meeting."""
    meeting, now = demo.coming, timezone.now()
    for number, point in enumerate(POINTS):
        ask_question(meeting, person=f"user {-number}", text=point.replace(".", "?"), at=now)
    shown, aside, answered, popular, *_rest = meeting.questions.all()
    for number in range(12):
        support_question(meeting, person=f"user {-number}", question_id=popular.pk, at=now)
    answer_question(meeting, answered.pk, agenda_item=None)
    put_aside(meeting, aside.pk)
    show_question(meeting, shown.pk)
    return meeting


def on_now(demo: Demo, member: User) -> Meeting:
    """A meeting with a long title that began a moment ago, with nothing noted but a member's own points."""
    now = timezone.now()
    meeting = announce(Series.objects.get(), timezone.localdate(), LONG, demo.people)
    meeting.starts_at, meeting.ends_at = now - timedelta(minutes=10), now + timedelta(hours=1)
    meeting.video_link = "https://video.example/call"
    meeting.save()
    own = Registration.objects.create(
        meeting=meeting, user=member, name=member.name, organisation=member.organisation, sector=member.sector,
        state=Registration.State.ATTENDED, confirmed=True,
    )  # fmt: skip
    Registration.objects.create(
        meeting=meeting, guest_email="guest@people.example", name=LONG_NAME, organisation=LONG_ORGANISATION,
        state=Registration.State.REGISTERED,
    )  # fmt: skip
    for level, point in zip(Attribution, POINTS, strict=False):
        add_own_point(own, text=point, agenda_item=meeting.agenda.get(kind="discussion"), level=level, at=now)
    return meeting


def suggested(demo: Demo) -> Meeting:
    """Last week's draft: the demo's findings, and a contributor who would rather have other words."""
    request = ConsentRequest.objects.filter(notebook__meeting=demo.last_week).first()
    assert request is not None
    other = {
        note.pk: Choice(level=Attribution.NAME, text_hash=text_hash(note.text), other_words=POINTS[4])
        for note in own_notes(request)
    }
    save_choices(request, other, at=timezone.now())
    return demo.last_week


def much_noted(demo: Demo, organiser: User) -> Meeting:
    """Forty items, by people with long names too; the edition waits for a second person."""
    now = timezone.now()
    on = timezone.localdate() - 2 * WEEK - timedelta(days=1)
    meeting = hold(Series.objects.get(), on, LONG, MANY, demo.people)
    place = meeting.registrations.get(user__email=MEMBERS[0].email)
    Registration.objects.filter(pk=place.pk).update(name=LONG_NAME, organisation=LONG_ORGANISATION)
    Registration.objects.create(
        meeting=meeting, guest_email="guest@people.example", name=LONG_NAME, organisation=LONG_ORGANISATION,
        sector="public", state=Registration.State.ATTENDED, confirmed=True,
    )  # fmt: skip
    notebook = take(meeting, MANY, organiser)
    settle_order(notebook)
    make_edition(notebook, seen=review(notebook, at=now).seen, by=organiser, at=now)
    return meeting


def corrected(demo: Demo, member: User, organiser: User) -> Meeting:
    """Suggestions for notes that are out: one waits, one is worded; it has a write-up too."""
    meeting, now = demo.earlier[-1], timezone.now()
    # Later than the demo has it: so long, personal links answer.
    meeting.starts_at, meeting.ends_at = meeting.starts_at + WEEK, meeting.ends_at + WEEK
    meeting.save()
    edition = Edition.objects.newest().circulated().get(meeting=meeting, audience=Audience.NETWORK)
    first = next(points_of(edition))
    word(suggest(edition, first, POINTS[1], by=member, at=now), POINTS[3], by=organiser, at=now)
    return meeting


def forgotten(meeting: Meeting) -> Meeting:
    forget(Notebook.objects.get(meeting=meeting), at=timezone.now())
    return meeting
