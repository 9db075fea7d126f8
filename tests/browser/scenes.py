"""Each page of the site, as whoever may open it finds it; some after a press, some with nothing to show."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import resolve, reverse
from django.utils import timezone
from playwright.sync_api import FilePayload, Page

from cop.demo.people import MEMBERS
from cop.ending.letters import PURPOSE
from cop.ending.models import Answer, Certificate, Move, Parcel
from cop.lib.signing import personal_token
from events.actions.access_needs import say_access_need
from events.actions.own_calendars import make_own_calendar
from events.entries import cannot_come_token
from events.green_rooms import green_room_link
from events.models import AttendanceReport, Registration, Speaker, SpeakerEntry, Suggestion, Survey
from events.talks import talk_purpose
from members.actions.circulars import recipients_of, set_off
from members.actions.signing_in import one_time_link
from members.letters import AGREE, confirm_purpose, new_address_purpose, old_address_purpose
from members.models import AddressChange, Batch, Circular, Deletion, Delivery, Mailbox, Mailing, SignUp, User
from notes.models import ConsentRequest, Note, Notebook
from tests.browser.stage import LONG_NAME, Stage

NOTES = (
    "# Notes of our meeting\n\nPresent: somebody\n\n## Discussion\n\n- Juries need time.\n- Panels cost less.\n\n"
    "## Parking lot\n\nNobody reads consultations.\n\n## Take-aways\n\nStart early.\n\n## Actions\n\nShare it.\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """`who` opens `path` and, where a state follows a press, does `act`; the page answers with `status`."""

    name: str
    who: str
    path: str
    act: Callable[[Page], object] | None = None
    status: int = 200

    @property
    def view(self) -> str:
        return resolve(self.path.partition("?")[0]).view_name


def at(  # a scene in a line
    name: str, who: str, view: str, *args: object, act: Callable[[Page], object] | None = None, status: int = 200
) -> Scene:
    return Scene(name=name, who=who, path=reverse(view, args=args), act=act, status=status)


def presses(words: str) -> Callable[[Page], None]:
    return lambda page: page.locator("main").get_by_role("button", name=words, exact=True).first.click()


def tries_on(colour: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_label("Your colour", exact=False).first.fill(colour)
        page.get_by_role("button", name="Look at it first").click()

    return act


def looks_for(words: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.locator("main").get_by_role("searchbox").fill(words)
        page.keyboard.press("Enter")

    return act


def asks_for_a_code(page: Page) -> None:
    page.get_by_label("E-mail address").fill("somebody@people.example")
    page.get_by_role("button", name="Send me a code").click()


def types_a_wrong_code(page: Page) -> None:
    page.get_by_label("Code").fill("12")
    page.get_by_role("button", name="Sign in").click()


def uploads(page: Page) -> None:
    upload: FilePayload = {"name": "notes.md", "mimeType": "text/markdown", "buffer": NOTES.encode()}
    page.locator("input[type=file]").set_input_files(upload)
    page.get_by_role("button", name="Show me the points").click()


def loses_the_token(page: Page) -> None:
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Send me a code").click()


# Looked at one beside the other; the scenes of one part follow on one another.
PARTS = ("everybody", "members", "notes", "programme", "people")


def scenes_of(part: str, stage: Stage) -> Iterator[Scene]:
    if part == "everybody":
        yield from for_everybody(stage)
        yield from by_link(stage)
    elif part == "members":
        yield from for_members(stage)
    elif part == "notes":
        yield from for_those_who_take_notes(stage)
    elif part == "programme":
        yield from in_the_panel(stage)
    else:
        yield from about_people(stage)


def for_everybody(stage: Stage) -> Iterator[Scene]:
    home, quiet = stage.network.slug, stage.empty.slug

    def scene(
        name: str, view: str, *args: str, act: Callable[[Page], object] | None = None, status: int = 200
    ) -> Scene:
        return at(name, "nobody", view, *args, act=act, status=status)

    yield scene("networks", "home")
    yield scene("home", "network", home)
    yield scene("home empty", "network", quiet)
    yield scene("archive", "events:archive", home)
    yield scene("archive empty", "events:archive", quiet)
    yield scene("meeting coming", "events:meeting", home, stage.coming.slug)
    yield scene("pass on", "events:pass_on", home, stage.coming.slug)
    yield scene("meeting live", "events:meeting", home, stage.live.slug)
    yield scene("live", "events:live", home, stage.live.slug)
    yield scene("live early", "events:live", home, stage.coming.slug)
    yield scene("meeting past", "events:meeting", home, stage.corrected.slug)
    yield scene("meeting cancelled", "events:meeting", home, stage.cancelled.slug)
    yield scene("register", "events:register", home, stage.live.slug)
    yield scene("register missing", "events:register", home, stage.live.slug, act=presses("Register"), status=422)
    yield scene("registered", "events:registered", home, stage.live.slug)
    yield scene("search", "search", home)
    yield scene("search found", "search", home, act=looks_for("people"))
    yield scene("search nothing", "search", home, act=looks_for("zzz"))
    yield scene("topic", "topic", home, "deliberation")
    yield scene("write-ups", "notes:write_ups", home)
    yield scene("write-ups empty", "notes:write_ups", quiet)
    yield scene("write-up", "notes:write_up", home, stage.corrected.slug)
    yield scene("join", "members:join", home)
    yield scene("privacy", "members:privacy", home)
    yield scene("site privacy", "members:site_privacy")
    yield scene("accessibility", "members:accessibility")
    yield scene("join missing", "members:join", home, act=presses("Join"), status=422)
    yield scene("join sent", "members:join_sent", home)
    yield scene("at rest", "network", stage.resting.slug)
    yield scene("at rest, join", "members:join", stage.resting.slug)
    yield scene("sign in", "account_login")
    yield scene("sign in without a token", "account_login", act=loses_the_token, status=403)
    yield scene("code", "account_login", act=asks_for_a_code)
    yield scene("code wrong", "account_confirm_login_code", act=types_a_wrong_code)
    yield scene("another code", "account_request_login_code")
    yield scene("no sign-up", "account_signup")
    yield scene("account closed", "account_inactive")
    yield Scene(name="not found", who="nobody", path="/nothing-here/", status=404)
    yield Scene(name="link gone", who="nobody", path="/p/1.a.b/sign-in/", status=404)


def by_link(stage: Stage) -> Iterator[Scene]:
    def scene(name: str, view: str, purpose: str, pk: int) -> Scene:
        return at(f"link {name}", "nobody", view, personal_token(purpose, pk))

    coming = stage.coming.registrations.filter(user=None).first()
    say_access_need(stage.coming.registrations.with_place()[0], "Captions, please, and the slides a day before.")
    waits = stage.coming.registrations.get(state=Registration.State.WAITING)
    live = stage.live.registrations.get(user=None)
    came = stage.waiting.registrations.get(user=None)
    reads = Registration.objects.create(
        meeting=stage.corrected, guest_email="reader@people.example", name=LONG_NAME, state="attended", confirmed=True
    )
    assert coming is not None
    yield scene("registration", "events:my_registration", "registration", coming.pk)
    yield scene("registration waiting", "events:my_registration", "registration", waits.pk)
    yield scene("registration live", "events:my_registration", "registration", live.pk)
    yield scene("registration past", "events:my_registration", "registration", reads.pk)
    yield scene("join call early", "events:join_by_link", "join", coming.pk)
    visitor = stage.coming.registrations.with_place().exclude(user=None).first()
    assert visitor is not None
    assert visitor.user is not None
    calendar = make_own_calendar(visitor.user, on=timezone.localdate())
    yield at("link join call from a calendar", "nobody", "events:join_from_calendar", calendar, stage.coming.pk)
    yield scene("access", "events:access_need_by_link", "registration", coming.pk)
    yield scene("questions", "events:questions_by_link", "registration", coming.pk)
    speaker = Speaker.objects.filter(agenda_item__meeting=stage.coming).first()
    assert speaker is not None
    yield scene("talk", "events:talk", talk_purpose(speaker), speaker.pk)
    Speaker.objects.filter(pk=speaker.pk).update(said_at=timezone.now())
    entry, _made = SpeakerEntry.objects.get_or_create(meeting=stage.coming, email=speaker.address.lower())
    yield Scene(name="green room early", who="nobody", path=urlsplit(green_room_link(entry)).path)
    yield scene("questions none", "events:questions_by_link", "registration", live.pk)
    yield scene("live", "events:live_by_link", "registration", live.pk)
    yield scene("points none", "notes:points_by_link", "registration", came.pk)
    yield scene("notes for a guest", "notes:edition_for_guest", "registration", reads.pk)
    for name, meeting in (("open", stage.review), ("many", stage.waiting), ("out", stage.corrected)):
        asked = ConsentRequest.objects.filter(notebook__meeting=meeting).first()
        assert asked is not None
        yield scene(f"consent {name}", "notes:consent", "consent", asked.pk)
    hopeful = SignUp.objects.get()
    mailing = Mailing.objects.create(network=stage.network, letter="events/invitation")
    word = f"events/not-registered {stage.coming.pk}"
    Circular.objects.create(network=stage.network, audience=word, subject="Come", text="Come.", mailing=mailing)
    newcomer = User.objects.create_user("invited@people.example", name=LONG_NAME)
    invited = Delivery.objects.create(mailing=mailing, user=newcomer, email=newcomer.email)
    yield scene("invited", "events:register_by_link", "invited", invited.pk)
    yield scene("confirm", "members:confirm", confirm_purpose(hopeful), hopeful.pk)
    member = stage.people["member"]
    change = AddressChange.objects.create(user=member, old_email=member.email, new_email="new@people.example")
    yield scene("new address", "members:confirm_address", new_address_purpose(change), change.pk)
    yield scene("old address", "members:keep_address", old_address_purpose(change), change.pk)
    told = Delivery.objects.filter(mailing__letter="notes/circulated").first()
    assert told is not None
    moves = Answer.objects.filter(membership__user=stage.people["organiser"]).get()
    yield scene("move along", "ending:move", PURPOSE, moves.pk)
    yield scene("stop letters", "members:stop", "stop letters", told.pk)
    declines = cannot_come_token(stage.coming.pk, stage.people["organiser"].pk)
    yield at("link cannot come", "nobody", "events:cannot_come_by_link", declines, stage.coming.pk)
    stopped = reverse("members:stop", args=[personal_token("stop letters", told.pk)])
    press = presses("Send me no more news of new notes")
    yield Scene(name="link stopped letters", who="nobody", path=stopped, act=press)
    brought = stage.people["brought"].memberships.get()
    yield scene("agree", "members:agree", AGREE, brought.pk)
    somebody = User.objects.get(email=MEMBERS[5].email)
    yield Scene(name="link sign in", who="nobody", path=f"/{one_time_link(somebody).split('/', 3)[3]}")


def for_members(stage: Stage) -> Iterator[Scene]:
    home = stage.network.slug

    def scene(
        name: str, view: str, *args: str, who: str = "member", act: Callable[[Page], object] | None = None
    ) -> Scene:
        return at(f"{who} {name}", who, view, *args, act=act)

    yield scene("home", "network", home)
    yield scene("archive", "events:archive", home)
    yield scene("meeting coming", "events:meeting", home, stage.coming.slug)
    yield scene("meeting live", "events:meeting", home, stage.live.slug)
    yield scene("meeting past", "events:meeting", home, stage.corrected.slug)
    yield scene("join", "members:join", home)
    yield scene("me", "members:me")
    yield scene("live", "events:live", home, stage.live.slug)
    yield scene("meetings", "events:my_meetings")
    yield scene("access", "events:access_need", home, stage.coming.slug)
    yield scene("cannot come", "events:cannot_come", home, stage.coming.slug)
    yield scene("people", "members:people", home)
    yield scene("signing in", "members:entrance")
    yield scene("agree", "members:agree_here", home, who="brought")
    yield scene("me", "members:me", who="brought")
    yield at("member address wrong", "member", "members:entrance", act=presses("Change my address"), status=422)
    yield scene("calendar none", "events:own_calendar")
    yield scene("calendar made", "events:own_calendar", act=presses("Make an address"))
    yield scene("calendar", "events:own_calendar")
    yield scene("data", "members:data")
    yield scene("data", "members:data", who="stranger")
    yield scene("erase", "members:erase")
    yield at("member erase unsure", "member", "members:erase", act=presses("Erase me"), status=422)
    yield scene("me", "members:me", who="stranger")
    yield scene("usual attribution", "notes:usual")
    yield scene("usual attribution", "notes:usual", who="stranger")
    yield scene("notes", "notes:editions", home)
    yield scene("notes empty", "notes:editions", stage.empty.slug, who="newcomer")
    yield scene("search found", "search", home, act=looks_for("people"))
    yield scene("search empty", "search", stage.empty.slug, who="newcomer", act=looks_for("people"))
    yield scene("topic", "topic", home, "inclusion")
    yield scene("edition", "notes:edition", home, stage.corrected.slug)
    yield scene("correct", "notes:suggest", home, stage.corrected.slug)
    yield from together(stage)
    yield scene("questions", "events:questions", home, stage.coming.slug)
    yield scene("join call early", "events:join", home, stage.coming.slug)
    yield scene("points", "notes:points", home, stage.live.slug)
    yield scene("signs out", "account_logout")
    yield Scene(
        name="member corrects a point",
        who="member",
        path=f"{reverse('notes:suggest', args=[home, stage.corrected.slug])}?point=2.1",
    )


def together(stage: Stage) -> Iterator[Scene]:
    """What members do together between meetings."""
    home, quiet = stage.network.slug, stage.empty.slug
    yield at("member suggestions", "member", "events:suggestions", home)
    missing = presses("Suggest it")
    yield at("newcomer suggestions", "newcomer", "events:suggestions", quiet, act=missing, status=422)

    yield at("member introductions", "member", "events:introductions", home)
    unsaid = presses("Ask them")
    yield at("newcomer introductions", "newcomer", "events:introductions", quiet, act=unsaid, status=422)
    yield at("member talks", "member", "events:talks", home, stage.coming.slug)
    yield at(
        "talks missing", "member", "events:talks", home, stage.coming.slug, act=presses("Offer this talk"), status=422
    )
    for survey in Survey.objects.of(stage.network).exclude(state="draft"):
        yield Scene(name=f"member survey {survey.state}", who="member", path=page_of_survey(survey))
    asked = Survey.objects.of(stage.network).open().get()
    wrong = presses("Send my answers without my name")
    yield Scene(name="member survey wrong", who="member", path=page_of_survey(asked), act=wrong, status=422)
    yield at("member feedback early", "member", "events:feedback", home, stage.live.slug)
    place = stage.live.registrations.get(user=None)
    yield at("link feedback early", "nobody", "events:feedback_by_link", personal_token("registration", place.pk))
    ended = stage.review.registrations.filter(state="attended").latest("pk")
    yield at("link feedback", "nobody", "events:feedback_by_link", personal_token("registration", ended.pk))


def page_of_survey(survey: Survey) -> str:
    return reverse("events:survey", args=[survey.network.slug, survey.pk])


def for_those_who_take_notes(stage: Stage) -> Iterator[Scene]:
    def scene(
        name: str, view: str, *args: int, who: str = "organiser", act: Callable[[Page], object] | None = None
    ) -> Scene:
        return at(f"work {name}", who, f"admin:notes_notebook_{view}", *args, act=act)

    noted, live, full = stage.review.pk, stage.live.pk, stage.waiting.pk
    own = Note.objects.filter(notebook__meeting=stage.review)[2].pk
    yield scene("desk", "desk", noted, who="note-taker")
    yield scene("desk full", "desk", full)
    yield scene("desk begins", "desk", stage.coming.pk, who="note-taker")
    yield scene("desk out", "desk", stage.corrected.pk)
    yield scene("item", "item", noted, own)
    yield scene("agreed elsewhere", "agreed", noted, own)
    yield scene("bring", "bring", live)
    yield scene("bring preview", "bring", live, act=uploads)
    yield scene("bring out", "bring", stage.corrected.pk)
    yield scene("asked", "asked", noted)
    yield scene("asked full", "asked", full)
    yield scene("asked nobody", "asked", live)
    yield scene("review", "review", noted)
    yield scene("review by a note-taker", "review", noted, who="note-taker")
    yield scene("review full", "review", full)
    yield scene("review begins", "review", live)
    yield scene("circulate begins", "circulate", live)
    yield scene("circulate waits", "circulate", full)
    yield scene("circulate as second", "circulate", full, who="note-taker")
    yield scene("circulate out", "circulate", stage.corrected.pk)
    yield scene("write-up none", "write_up", live)
    yield scene("write-up to make", "write_up", stage.out.pk)
    yield scene("write-up out", "write_up", stage.corrected.pk)
    yield scene("corrections", "corrections", stage.corrected.pk)
    yield scene("corrections by a note-taker", "corrections", stage.corrected.pk, who="note-taker")
    yield scene("corrections none", "corrections", stage.out.pk)
    yield scene("certificate", "certificate", stage.forgotten.pk)
    yield scene("desk forgotten", "desk", stage.forgotten.pk)
    yield scene("review forgotten", "review", stage.forgotten.pk)


def panel(name: str, view: str, *args: int | str, who: str = "organiser") -> Scene:
    return at(f"panel {name} {who}", who, f"admin:{view}", *args)


def in_the_panel(stage: Stage) -> Iterator[Scene]:
    """Django's own pages in our colours, and those of meetings between them."""
    member = stage.people["member"]
    membership = member.memberships.get()
    yield panel("home", "index")
    yield panel("home", "index", who="newcomer")
    yield panel("meeting to come", "events_meeting_screen", stage.coming.pk)
    yield panel("meeting over", "events_meeting_screen", stage.review.pk)
    yield panel("meeting cancelled", "events_meeting_screen", stage.cancelled.pk)
    yield panel("meeting to come", "events_meeting_screen", stage.draft.pk, who="note-taker")
    yield panel("figures", "figures", stage.network.slug)
    yield panel("figures none", "figures", stage.empty.slug, who="newcomer")
    yield panel("funder report", "figures_report", stage.network.slug)
    yield panel("funder report none", "figures_report", stage.empty.slug, who="newcomer")
    never = f"{reverse('admin:figures', args=[stage.network.slug])}?since=2030-01-02&until=2030-01-01"
    yield Scene(name="panel figures wrong", who="organiser", path=never, status=422)
    for who in ("everybody", "member", "registered", "speaker"):
        yield panel(f"as {who}", "events_meeting_as", stage.coming.pk, who)
    yield panel("home as everybody", "network_as", "everybody", stage.network.slug)
    yield panel("questions", "events_meeting_questions", stage.coming.pk)
    yield panel("questions none", "events_meeting_questions", stage.draft.pk)
    yield panel("told", "events_meeting_told", stage.coming.pk)
    yield panel("came", "events_meeting_came", stage.live.pk)
    yield panel("came early", "events_meeting_came", stage.coming.pk)
    yield panel("told nothing", "events_meeting_told", stage.live.pk)
    yield panel("speakers", "events_meeting_speakers", stage.coming.pk)
    yield panel("publish", "events_meeting_act", stage.draft.pk, "publish")
    yield panel("cancel", "events_meeting_act", stage.coming.pk, "cancel")
    yield panel("tell supporters", "events_suggestion_tell", Suggestion.objects.get(state="taken-up").pk)
    yield panel("tell", "events_meeting_tell", stage.coming.pk)
    yield panel("reminders", "events_meeting_reminders", stage.coming.pk)
    yield panel("reminders of a series", "events_series_reminders", stage.coming.series_id or 0)
    yield panel("reminders of a network", "events_network_reminders", stage.network.slug)
    yield panel("dates", "events_series_dates", stage.coming.series_id or 0)
    for survey in Survey.objects.of(stage.network):
        yield panel(f"survey {survey.state}", "events_survey_results", survey.pk)
    yield panel("talks", "events_meeting_talks", stage.coming.pk)
    yield panel("feedback none", "events_survey_of_meeting", stage.coming.pk)
    yield panel("survey to change", "events_survey_change", Survey.objects.get(state="draft").pk)
    yield panel("schedule", "events_series_schedule", stage.coming.series_id or 0)
    mailing = Mailing.objects.latest("pk")
    rows = {
        "events_meeting": stage.coming.pk, "events_series": stage.coming.series_id or 0,
        "events_registration": stage.coming.registrations.first().pk,  # type: ignore[union-attr]  # the demo fills it
        "events_survey": Survey.objects.get(state="open").pk,
        "events_suggestion": Suggestion.objects.get(state="taken-up").pk,
        "events_topic": stage.coming.topics.first().pk,  # type: ignore[union-attr]  # and this
        "members_network": stage.network.pk, "members_membership": membership.pk,
        "members_signup": SignUp.objects.get().pk, "members_mailing": mailing.pk,
        "members_delivery": mailing.deliveries.latest("pk").pk,
        "members_user": member.pk,
    }  # fmt: skip
    for model, pk in rows.items():
        yield panel(f"{model} list", f"{model}_changelist", who="root")
        yield panel(model, f"{model}_change", pk, who="root")
    yield panel("history", "events_meeting_history", stage.coming.pk, who="root")
    yield panel("deleting", "events_topic_delete", rows["events_topic"], who="root")
    yield panel("notebook", "notes_notebook_change", Notebook.objects.get(meeting=stage.review).pk, who="root")
    for model in ("events_meeting", "events_series", "events_survey", "events_topic", "members_network"):
        yield panel(f"{model} add", f"{model}_add", who="root")
    yield panel("app", "app_list", "events")
    yield panel("notebooks", "notes_notebook_changelist")


def about_people(stage: Stage) -> Iterator[Scene]:
    """The panel's pages of lists, letters, hand-overs and deletions."""
    for batch in Batch.objects.order_by("pk"):
        yield panel(f"import {batch.state}", "members_batch_change", batch.pk)
    for report in AttendanceReport.objects.order_by("pk"):
        yield panel(f"report {report.state}", "events_attendancereport_change", report.pk)
    yield panel("reports", "events_attendancereport_changelist")
    yield panel("report to take in", "events_attendancereport_add")
    moving, over = Move.objects.get(), Certificate.objects.get()
    yield panel("hand-overs", "ending_move_changelist")
    yield panel("hand over", "ending_move_add")
    yield panel("hand-over", "ending_move_change", moving.pk)
    yield panel("certificates", "ending_certificate_changelist", who="root")
    yield panel("certificate", "ending_certificate_change", over.pk, who="root")
    yield panel("to take away", "ending_parcel_changelist")
    yield panel("take along", "ending_parcel_add")
    for parcel in Parcel.objects.order_by("pk"):
        yield panel(f"parcel {parcel.state}", "ending_parcel_change", parcel.pk)
    for colour, status in (("#0057b8", 200), ("#ff6600", 422)):
        look = f"panel look {status}", "organiser", "admin:members_network_look"
        yield at(*look, stage.network.pk, act=tries_on(colour), status=status)
    yield panel("put to rest", "members_network_rest", stage.network.pk)
    yield panel("put to rest, nothing in the way", "members_network_rest", stage.empty.pk, who="newcomer")
    yield panel("at rest", "members_network_rest", stage.resting.pk)
    yield panel("imports", "members_batch_changelist")
    yield panel("bring in", "members_batch_add")
    yield panel("acts", "members_act_changelist")
    yield panel("act", "members_act_change", stage.network.acts.latest("pk").pk)
    yield panel("mailboxes", "members_mailbox_changelist")
    yield panel("mailbox", "members_mailbox_change", Mailbox.objects.get().pk)
    yield from written_to_many(stage)
    yield panel("letters", "members_wording_changelist")
    yield panel("letter", "members_wording_letter", stage.network.slug, "events/registered")
    yield panel("letter of the site", "members_wording_letter", stage.network.slug, "login_code")
    deleted = Deletion.objects.create(kind="sign-ups", day=timezone.localdate(), count=2)
    yield panel("deletions", "members_deletion_changelist", who="root")
    yield panel("deletion", "members_deletion_change", deleted.pk, who="root")


def written_to_many(stage: Stage) -> Iterator[Scene]:
    """A draft, and a letter that is on its way and can be called back."""
    words = {"network": stage.network, "audience": "members/news", "text": "Dear {name},\n\n**all** is well."}
    draft, sent = [Circular.objects.create(subject=f"{LONG_NAME} {number}", **words) for number in range(2)]
    set_off(sent, seen=len(recipients_of(sent)), by=stage.people["organiser"])
    for name, view, *args in (
        ("letters to many", "members_circular_changelist"),
        ("letter to many", "members_circular_add"),
        ("letter to many again", "members_circular_change", draft.pk),
        ("letter to many, a draft", "members_circular_look", draft.pk),
        ("letter to many, under way", "members_circular_look", sent.pk),
    ):
        yield at(f"panel {name}", "organiser", f"admin:{view}", *args)
