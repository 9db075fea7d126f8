"""What members of the demo network are asked and ask for: topics, a survey, short talks, how a meeting was."""

from datetime import timedelta

from django.utils import timezone

from cop.demo.loading import Demo
from cop.demo.people import MEMBERS, ORGANISER
from events.access import counted_as
from events.actions.answering import answer, give_feedback, open_survey, takes_feedback
from events.actions.offering import call_for_talks, offer_talk
from events.actions.suggesting import suggest_topic, want
from events.models import Suggestion, Survey
from events.rules.surveys import Sheet

# What is wanted, a few words more, and by how many besides whoever suggests it.
TOPICS = (
    ("Paying people for their time", "Vouchers, cash, or a day of leave: what have you tried, and who said no?", 6),
    ("When nobody comes to the consultation", "", 4),
    ("Writing about algorithms so that residents read on", "Before and after, please.", 2),
)
DONE = ("Small groups that stay together", "We gave it a whole meeting, with three of you telling how it went.")
SURVEY = "When shall we meet in the spring?"
TALK = ("Five letters that nobody answered", "What we sent, what came back, and the sixth letter. Two minutes each.")
SAID = ("More time for questions, please.", "The groups of four were just right.", "")


def load_community(demo: Demo) -> None:
    """Topics with support and one that became a meeting, an open survey, a call for short talks, and feedback."""
    members = [demo.people[one.email] for one in MEMBERS]
    for place, (title, text, supports) in enumerate(TOPICS):
        made = suggest_topic(demo.network, members[place], title=title, text=text)
        for user in members[place + 1 : place + 1 + supports]:
            want(demo.network, user, made.pk)
    done = suggest_topic(demo.network, demo.people[ORGANISER.email], title=DONE[0])
    held = Suggestion.objects.filter(pk=done.pk)
    held.update(state=Suggestion.State.TAKEN_UP, answer=DONE[1], meeting=demo.last_week, told_at=timezone.now())
    call_for_talks(demo.coming, closes_at=demo.coming.starts_at - timedelta(hours=12), minutes=5)
    now = timezone.now()
    offer_talk(demo.coming, members[2], title=TALK[0], text=TALK[1], name_seen_by="members", at=now)
    ask_about_the_spring(demo)
    say_how_it_was(demo)


def ask_about_the_spring(demo: Demo) -> None:
    """An open survey that six have answered."""
    survey = Survey.objects.create(network=demo.network, title=SURVEY, intro="Two questions, half a minute.")
    survey.questions.create(kind="one", position=1, text="Which day suits you?", choices="Wednesday\nThursday\nEither")
    survey.questions.create(kind="scale", position=2, text="How often?", choices="less often\nmore often")
    open_survey(survey)
    survey.refresh_from_db()
    for number, one in enumerate(MEMBERS[:6]):
        sheet = Sheet(chosen={"1": [str(number % 3)], "2": [str(3 + number % 2)]})
        answer(survey, sheet, person=f"user {demo.people[one.email].pk}", at=timezone.now())


def say_how_it_was(demo: Demo) -> None:
    """Feedback of those who came last week, while it is open."""
    at = demo.last_week.ends_at + timedelta(hours=1)
    if not takes_feedback(demo.last_week, at=at):
        return
    came = demo.last_week.registrations.filter(state="attended").order_by("pk")
    for number, place in enumerate(came[:7]):
        sheet = Sheet(chosen={"1": [str(5 - number % 2)]}, written={"2": SAID[number % 3]})
        give_feedback(demo.last_week, sheet, person=counted_as(place), at=at)
