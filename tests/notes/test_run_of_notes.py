"""The run of a meeting's notes through the actions, from the desk to circulation (R1 to R5, R8 to R10)."""

import re
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import RestrictedError

from events.actions.registering import change_wishes
from events.models import AgendaItem, Meeting, Registration
from members.models import Delivery, User
from notes.actions import circulating, refusals, reviewing
from notes.actions.arranging import move_note
from notes.actions.asking import ask_contributors
from notes.actions.consenting import Choice, own_notes, save_choices
from notes.actions.freezing import newest_edition
from notes.actions.noting import add_note, delete_note, edit_note
from notes.models import Consent, ConsentRequest, Edition, LeakAnswer, Note, Notebook
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution
from tests.notes.conftest import NOW, key
from tests.notes.steps import choose, lines, make

LATER = NOW + timedelta(days=8)
WORDS = "Juries need time to learn."


@pytest.fixture
def point(notebook: Notebook, discussion: AgendaItem, ana: Registration, bola: Registration, cai: Registration) -> Note:
    return add_note(notebook, text=WORDS, agenda_item=discussion, contributor=key(ana))


@pytest.fixture
def asked(point: Note, olive: User) -> ConsentRequest:
    ask_contributors(point.notebook, by=olive, at=NOW)
    return ConsentRequest.objects.get()


def newest(notebook: Notebook) -> list[tuple[str, str]]:
    return lines(newest_edition(notebook))


def test_silence_goes_out_unattributed_after_the_deadline(asked: ConsentRequest) -> None:
    """R1: no consent, no attribution."""
    assert lines(make(asked.notebook, at=LATER)) == [(WORDS, "")]


def test_each_level_goes_out_as_chosen(asked: ConsentRequest) -> None:
    """R3: the phrase is that of the level the contributor chose."""
    for level, phrase in [(0, ""), (1, "Public sector"), (2, "Tern Valley Council"), (3, "Ana Prieto")]:
        assert choose(asked, Attribution(level))
        assert lines(make(asked.notebook, at=LATER)) == [(WORDS, phrase)]


def test_no_edition_before_everybody_answered_or_the_deadline_is_over(asked: ConsentRequest) -> None:
    seen = reviewing.review(asked.notebook, at=NOW).seen
    with pytest.raises(refusals.ContributorsAreChoosing):
        circulating.make_edition(asked.notebook, seen=seen, at=NOW)
    choose(asked, Attribution.NAME)
    seen = reviewing.review(asked.notebook, at=NOW).seen
    assert lines(circulating.make_edition(asked.notebook, seen=seen, at=NOW)) == [(WORDS, "Ana Prieto")]


def test_no_edition_before_contributors_are_asked(point: Note) -> None:
    with pytest.raises(refusals.ContributorsAreChoosing):
        make(point.notebook, at=LATER)


def test_asking_twice_sends_one_letter(asked: ConsentRequest, olive: User) -> None:
    with pytest.raises(refusals.NobodyToAsk):
        ask_contributors(asked.notebook, by=olive, at=NOW)
    assert list(Delivery.objects.values_list("email", flat=True)) == ["ana@guest.example"]


def test_asking_again_reaches_only_new_contributors(
    asked: ConsentRequest, bola: Registration, discussion: AgendaItem, olive: User
) -> None:
    add_note(asked.notebook, text="They cost money.", agenda_item=discussion, contributor=key(bola))
    assert ask_contributors(asked.notebook, by=olive, at=NOW) == 1
    assert list(Delivery.objects.values_list("email", flat=True)) == ["ana@guest.example", "bola@guest.example"]


def test_an_edit_voids_the_consent_and_asks_again(asked: ConsentRequest, discussion: AgendaItem) -> None:
    """R2: a consent is to the exact words."""
    choose(asked, Attribution.NAME)
    note = Note.objects.get()
    edit_note(
        note,
        revision=note.revision,
        text="Juries need money.",
        agenda_item=discussion,
        contributor=note.contributor,
        kind="point",
        confidential=False,
        may_lift=False,
    )
    asked.refresh_from_db()
    assert not asked.answered
    assert lines(make(asked.notebook, at=LATER)) == [("Juries need money.", "")]


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("Ask early, ask often.", "Ask early,\nask  often. ", True),
        ("Costs: - low - known", "Costs:\n\n- low\n- known", False),
        ("Ask early. # Or not", "Ask early.\n\n# Or not", False),
        ("Ask early. Ask often.", "Ask early.\n\nAsk often.", False),
    ],
)
def test_white_space_keeps_a_consent_only_while_the_page_looks_the_same(
    asked: ConsentRequest, before: str, after: str, kept: bool
) -> None:
    """R2: a consent is to words, not to line breaks; but a line break can make a list or a heading of a sentence."""
    assert text_hash(before) == text_hash(after)
    Note.objects.update(text=before)
    choose(asked, Attribution.NAME)
    Note.objects.update(text=after)
    assert [shown for _, shown in lines(make(asked.notebook, at=LATER))] == ["Ana Prieto" if kept else ""]


def test_a_choice_about_other_words_is_not_taken(asked: ConsentRequest) -> None:
    """The page was opened before an edit: the words the person saw are not those that stand."""
    (note,) = own_notes(asked)
    stale = {note.pk: Choice(level=Attribution.NAME, text_hash=text_hash("Something else."))}
    assert save_choices(asked, stale, at=NOW) is False
    assert not Consent.objects.exists()
    asked.refresh_from_db()
    assert not asked.answered


def test_moving_an_item_to_another_part_voids_its_consent(asked: ConsentRequest, meeting: Meeting) -> None:
    """R2: the place is part of what was agreed to."""
    choose(asked, Attribution.NAME)
    Note.objects.update(agenda_item=meeting.agenda.get(kind="talk"))
    assert lines(make(asked.notebook, at=LATER)) == [(WORDS, "")]


def test_a_new_organisation_voids_consent_to_the_old_phrase(asked: ConsentRequest, ana: Registration) -> None:
    """R2: so is the phrase shown."""
    choose(asked, Attribution.ORGANISATION)
    Registration.objects.filter(pk=ana.pk).update(organisation="Other Council")
    assert lines(make(asked.notebook, at=LATER)) == [(WORDS, "")]


def test_a_small_sector_is_not_named(asked: ConsentRequest, cai: Registration) -> None:
    """R4: two people of the public sector are too few."""
    choose(asked, Attribution.SECTOR)
    Registration.objects.filter(pk=cai.pk).update(state="registered")
    assert lines(make(asked.notebook, at=LATER)) == [(WORDS, "")]


def test_confidential_items_leave_no_trace(asked: ConsentRequest, discussion: AgendaItem) -> None:
    """R5: the editions with and without it are equal."""
    without = make(asked.notebook, at=LATER)
    add_note(asked.notebook, text="Between us: no.", agenda_item=discussion, confidential=True)
    with_it = make(asked.notebook, at=LATER)
    assert (with_it.content, with_it.html, with_it.digest) == (without.content, without.html, without.digest)


def test_only_the_contributor_lifts_what_they_left_out(asked: ConsentRequest, discussion: AgendaItem) -> None:
    """R5: the desk's own flag is another one, and an organiser's edit does not lift the contributor's."""
    choose(asked, Attribution.NONE, leave_out=True)
    note = Note.objects.get()
    edit_note(
        note,
        revision=note.revision,
        text=note.text,
        agenda_item=discussion,
        contributor=note.contributor,
        kind="point",
        confidential=False,
        may_lift=True,
    )
    assert lines(make(asked.notebook, at=LATER)) == []
    choose(asked, Attribution.NONE)
    assert lines(make(asked.notebook, at=LATER)) == [(WORDS, "")]


@pytest.mark.parametrize("may_lift", [True, False])
def test_a_confidential_item_is_opened_by_an_organiser_only(
    notebook: Notebook, discussion: AgendaItem, may_lift: bool
) -> None:
    note = add_note(notebook, text=WORDS, agenda_item=discussion, confidential=True)

    def lift() -> Note:
        return edit_note(
            note,
            revision=1,
            text=WORDS,
            agenda_item=discussion,
            contributor="",
            kind="point",
            confidential=False,
            may_lift=may_lift,
        )

    if may_lift:
        assert lift().confidential is False
    else:
        with pytest.raises(refusals.OnlyAnOrganiserMay):
            lift()


def test_a_name_in_the_text_stops_the_edition(notebook: Notebook, discussion: AgendaItem, ana: Registration) -> None:
    """R8: an unresolved block."""
    add_note(notebook, text="As Ana Prieto said, juries work.", agenda_item=discussion)
    with pytest.raises(refusals.SomethingIsOpen):
        make(notebook, at=LATER)
    assert not Edition.objects.exists()


def test_an_answer_holds_for_that_exact_text(notebook: Notebook, discussion: AgendaItem, ana: Registration) -> None:
    """R8: the reason is recorded, and an edit brings the finding back."""
    note = add_note(notebook, text="Ana Prieto wrote the book on juries.", agenda_item=discussion)
    for row in reviewing.review(notebook, at=NOW).rows:
        for one in row.found:
            reviewing.answer_finding(notebook, one.digest, reason="A published book.", at=NOW)
    assert lines(make(notebook, at=LATER)) == [("Ana Prieto wrote the book on juries.", "")]
    Note.objects.filter(pk=note.pk).update(text="Ana Prieto wrote the book on all juries.")
    with pytest.raises(refusals.SomethingIsOpen):
        make(notebook, at=LATER)


def test_an_answer_needs_a_reason(notebook: Notebook) -> None:
    with pytest.raises(refusals.ReasonIsMissing):
        reviewing.answer_finding(notebook, "x" * 64, reason="  ", at=NOW)


def test_neutral_words_take_the_place_of_a_finding(
    notebook: Notebook, discussion: AgendaItem, ana: Registration
) -> None:
    add_note(notebook, text="As Ana Prieto said, juries work.", agenda_item=discussion)
    ((found, *_),) = [row.found for row in reviewing.review(notebook, at=NOW).rows]
    reviewing.use_neutral_words(notebook, found.digest, at=NOW, may_lift=False)
    text = Note.objects.get().text
    assert "Ana" not in text
    assert text == f"As {found.finding.suggestion} said, juries work."
    with pytest.raises(refusals.TextHasChanged):
        reviewing.use_neutral_words(notebook, found.digest, at=NOW, may_lift=False)


def test_neutral_words_begin_a_sentence_with_a_capital(
    notebook: Notebook, discussion: AgendaItem, ana: Registration
) -> None:
    add_note(notebook, text="It works. **Ana Prieto** said so.", agenda_item=discussion)
    ((found, *_),) = [row.found for row in reviewing.review(notebook, at=NOW).rows]
    assert found.instead == found.finding.suggestion.capitalize()
    reviewing.use_neutral_words(notebook, found.digest, at=NOW, may_lift=False)
    assert f"It works. **{found.instead}** said so." == Note.objects.get().text


def test_a_consenting_contributor_may_be_named_in_their_own_item_only(
    notebook: Notebook, discussion: AgendaItem, ana: Registration, olive: User
) -> None:
    add_note(notebook, text="I, Ana Prieto, ran one.", agenda_item=discussion, contributor=key(ana))
    ask_contributors(notebook, by=olive, at=NOW)
    choose(ConsentRequest.objects.get(), Attribution.NAME)
    assert reviewing.review(notebook, at=NOW).open_findings == 0
    add_note(notebook, text="Somebody agreed with Ana Prieto.", agenda_item=discussion)
    assert reviewing.review(notebook, at=NOW).open_findings > 0


def test_a_presenter_on_the_record_may_be_named_in_their_own_talk(meeting: Meeting, notebook: Notebook) -> None:
    """The basis "on the record": what they present may be credited to them; what they say later may not."""
    talk, discussion = meeting.agenda.get(kind="talk"), meeting.agenda.get(kind="discussion")
    note = add_note(notebook, text="Tove Berg showed the figures.", agenda_item=talk)
    assert reviewing.review(notebook, at=NOW).open_findings == 0
    Note.objects.filter(pk=note.pk).update(agenda_item=discussion)
    assert reviewing.review(notebook, at=NOW).open_findings > 0


def test_an_edit_between_look_and_freeze_is_noticed(point: Note, asked: ConsentRequest) -> None:
    """R8, threat 51: what is frozen is what was looked at."""
    at = NOW + timedelta(days=8)
    seen = reviewing.review(asked.notebook, at=at).seen
    Note.objects.filter(pk=point.pk).update(text="Ana Prieto hates juries.")
    with pytest.raises(refusals.NotesHaveChanged):
        circulating.make_edition(asked.notebook, seen=seen, at=at)


def test_an_edit_between_edition_and_circulation_is_noticed(point: Note, asked: ConsentRequest, olive: User) -> None:
    make(asked.notebook, at=LATER)
    Note.objects.filter(pk=point.pk).update(text="Something else.")
    with pytest.raises(refusals.NotesHaveChanged):
        circulating.circulate(asked.notebook, by=olive, at=NOW)


def test_circulation_reaches_every_active_member_once(
    asked: ConsentRequest, olive: User, mira: User, otto: User
) -> None:
    make(asked.notebook, at=LATER)
    sent = circulating.circulate(asked.notebook, by=olive, at=NOW)
    assert sent.mailing is not None
    assert sorted(sent.mailing.deliveries.values_list("email", flat=True)) == [
        "mira@river.example",
        "olive@commons.example",
    ]
    with pytest.raises(refusals.NotesAreClosed):
        make(asked.notebook, at=LATER)
    with pytest.raises(refusals.NothingToCirculate):
        circulating.circulate(asked.notebook, by=olive, at=NOW)


def test_an_edition_does_not_change(asked: ConsentRequest) -> None:
    """R9: the database refuses, whoever asks."""
    edition = make(asked.notebook, at=LATER)
    with pytest.raises(DatabaseError, match="An edition does not change"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(title="Another")
    assert Edition.objects.get().title == edition.title


def test_lowering_a_consent_takes_effect_at_once(asked: ConsentRequest, olive: User) -> None:
    """R10: a new edition without an organiser, and no letter that would tell of it."""
    choose(asked, Attribution.NAME)
    make(asked.notebook, at=LATER)
    circulating.circulate(asked.notebook, by=olive, at=NOW)
    letters = Delivery.objects.count()
    choose(asked, Attribution.ORGANISATION)
    assert newest(asked.notebook) == [(WORDS, "Tern Valley Council")]
    choose(asked, Attribution.NONE, leave_out=True)
    assert newest(asked.notebook) == []
    assert [edition.number for edition in Edition.objects.all()] == [1]
    assert Delivery.objects.count() == letters


def test_raising_a_consent_after_circulation_is_refused(asked: ConsentRequest, olive: User) -> None:
    """R10: more is shown only by an organiser."""
    choose(asked, Attribution.ORGANISATION)
    make(asked.notebook, at=LATER)
    circulating.circulate(asked.notebook, by=olive, at=NOW)
    with pytest.raises(refusals.OnlyLowerNow):
        choose(asked, Attribution.NAME)
    assert newest(asked.notebook) == [(WORDS, "Tern Valley Council")]


def test_a_line_that_a_lower_consent_gives_away_goes_out_altogether(
    notebook: Notebook, discussion: AgendaItem, ana: Registration, olive: User
) -> None:
    """R10 with R8: nobody waits for an organiser to reword it."""
    add_note(notebook, text="I, Ana Prieto, ran one.", agenda_item=discussion, contributor=key(ana))
    ask_contributors(notebook, by=olive, at=NOW)
    asked = ConsentRequest.objects.get()
    choose(asked, Attribution.NAME)
    make(notebook, at=LATER)
    circulating.circulate(notebook, by=olive, at=NOW)
    choose(asked, Attribution.NONE)
    assert newest(notebook) == []


def test_other_words_come_back_to_the_desk(asked: ConsentRequest) -> None:
    choose(asked, Attribution.NONE, words="Juries need months.")
    assert Note.objects.get().suggested_text == "Juries need months."


def test_two_writers_at_one_item_are_told(point: Note, discussion: AgendaItem) -> None:
    def write(text: str) -> Note:
        return edit_note(
            point,
            revision=1,
            text=text,
            agenda_item=discussion,
            contributor=point.contributor,
            kind="point",
            confidential=False,
            may_lift=False,
        )

    write("First.")
    with pytest.raises(refusals.SomebodyElseWrote) as told:
        write("Second.")
    assert (told.value.note.text, told.value.text) == ("First.", "Second.")


def test_whoever_asked_not_to_be_noted_is_not(notebook: Notebook, discussion: AgendaItem, ana: Registration) -> None:
    Registration.objects.filter(pk=ana.pk).update(do_not_note=True)
    with pytest.raises(refusals.AskedNotToBeNoted):
        add_note(notebook, text=WORDS, agenda_item=discussion, contributor=key(ana))


def test_nothing_is_noted_where_all_is_confidential(meeting: Meeting, notebook: Notebook) -> None:
    secret = AgendaItem.objects.create(meeting=meeting, title="In confidence", basis="confidential", position=3)
    with pytest.raises(refusals.NothingIsNotedHere):
        add_note(notebook, text=WORDS, agenda_item=secret)
    AgendaItem.objects.filter(pk=secret.pk).update(basis="rule")
    secret.refresh_from_db()
    add_note(notebook, text=WORDS, agenda_item=secret)
    AgendaItem.objects.filter(pk=secret.pk).update(basis="confidential")
    assert lines(make(notebook, at=LATER)) == []


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\u061c"])
def test_marks_that_turn_the_reading_round_are_refused(notebook: Notebook, mark: str) -> None:
    with pytest.raises(refusals.HasHiddenMarks):
        add_note(notebook, text=f"abc{mark}def")


def test_an_unknown_contributor_and_an_empty_text_are_refused(notebook: Notebook) -> None:
    with pytest.raises(refusals.UnknownContributor):
        add_note(notebook, text=WORDS, contributor="r999999")
    with pytest.raises(refusals.NothingWritten):
        add_note(notebook, text=" \n ")


def test_items_change_places_and_go(notebook: Notebook) -> None:
    one, two, three = (add_note(notebook, text=text) for text in ("One.", "Two.", "Three."))
    move_note(three, up=True)
    move_note(one, up=True)
    move_note(two, up=False)
    assert [note.text for note in notebook.items.all()] == ["One.", "Three.", "Two."]
    delete_note(one)
    assert [note.text for note in notebook.items.all()] == ["Three.", "Two."]


def test_take_aways_and_actions_open_the_edition(notebook: Notebook, discussion: AgendaItem) -> None:
    add_note(notebook, text="A point.", agenda_item=discussion)
    add_note(notebook, text="Do it.", kind="action")
    add_note(notebook, text="Remember it.", kind="takeaway")
    add_note(notebook, text="By the way.")
    edition = make(notebook, at=LATER)
    titles = [section["title"] for section in edition.content]
    assert titles == ["Take-aways", "Actions agreed", "A jury on data", "Discussion", "Also said"]


def dump(*tables: str) -> list[str]:
    """Every column of every row, as a dump of the database has it."""
    with connection.cursor() as cursor:
        rows = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            rows += [str(column) for row in cursor.fetchall() for column in row]
    return rows


DRAFTS = ("notes_note", "notes_contributor", "notes_consent", "notes_consentrequest")


def test_nothing_is_in_clear_in_the_database(asked: ConsentRequest) -> None:
    """R11: draft text and contributor links are encrypted at rest."""
    choose(asked, Attribution.NAME, words="Juries need months.")
    stored = dump(*DRAFTS)
    assert len([column for column in stored if column.startswith("gAAAA")]) == 13
    assert not any("Juries" in column or "Ana" in column or "ana@" in column for column in stored)
    assert (Note.objects.get().text, Note.objects.get().suggested_text) == (WORDS, "Juries need months.")


def test_a_dump_is_the_same_whatever_was_chosen(asked: ConsentRequest, bola: Registration) -> None:
    """R11: neither level nor audience, nor whether something was left out, nor who answered, can be told from it."""
    choose(asked, Attribution.NONE)
    dumps = [shape(dump(*DRAFTS))]
    for level, leave_out in [(1, False), (3, False), (0, True)]:
        choose(asked, Attribution(level), leave_out=leave_out)
        dumps.append(shape(dump(*DRAFTS)))
    ConsentRequest.objects.update(answered=False, reminded=True)
    Note.objects.update(contributor=key(bola))
    Consent.objects.update(audience=1, channel=Consent.Channel.MEETING)
    dumps.append(shape(dump(*DRAFTS)))
    assert dumps == [dumps[0]] * 5


def shape(columns: list[str]) -> list[str]:
    """A dump to somebody without the keys: of what is encrypted or keyed, the length."""
    keyed = re.compile(r"gAAAA[\w=-]+|[0-9a-f]{64}")
    return [keyed.sub(lambda found: f"<{len(found[0])}>", column) for column in columns]


def test_a_number_that_cannot_be_is_refused_before_it_is_encrypted(point: Note) -> None:
    """The database cannot see it, so the field refuses."""
    with pytest.raises(ValueError, match="level is a number from 0 to 3"):
        Consent.objects.create(note=point, level=4, audience=0, digest="", given_at="now")


def circulated(asked: ConsentRequest, olive: User, level: Attribution = Attribution.NONE) -> None:
    choose(asked, level)
    make(asked.notebook, at=LATER)
    circulating.circulate(asked.notebook, by=olive, at=NOW)


def test_a_part_with_notes_cannot_be_deleted_from_under_them(asked: ConsentRequest, discussion: AgendaItem) -> None:
    """R5: what was confidential by its part would lose its seal."""
    with pytest.raises(RestrictedError):
        discussion.delete()


def test_a_new_edition_after_circulation_only_ever_says_less(
    asked: ConsentRequest, olive: User, discussion: AgendaItem
) -> None:
    """R5, R8: neither a part that is no longer confidential nor a renamed heading gets out by somebody's withdrawal."""
    secret = AgendaItem.objects.create(meeting=asked.notebook.meeting, title="In confidence", position=9)
    add_note(asked.notebook, text="The fine is four million.", agenda_item=secret)
    AgendaItem.objects.filter(pk=secret.pk).update(basis="confidential")
    circulated(asked, olive, Attribution.NAME)
    AgendaItem.objects.filter(pk=secret.pk).update(basis="rule")
    AgendaItem.objects.filter(pk=discussion.pk).update(title="Discussion with Bola Adeyemi")
    choose(asked, Attribution.NONE)
    edition = newest_edition(asked.notebook)
    assert lines(edition) == [(WORDS, "")]
    assert "Bola" not in str(edition.content if edition else "")


def test_nobody_takes_out_what_others_said(asked: ConsentRequest, olive: User, bola: Registration) -> None:
    """R10: other names that somebody thinks of later change no line but their own."""
    circulated(asked, olive, Attribution.ORGANISATION)
    Registration.objects.filter(pk=bola.pk).update(also_known_as=WORDS)
    choose(asked, Attribution.ORGANISATION)
    assert newest(asked.notebook) == [(WORDS, "Tern Valley Council")]


def test_what_was_taken_back_is_nowhere_in_the_database(asked: ConsentRequest, olive: User) -> None:
    """R9: two editions beside each other would say who withdrew."""
    circulated(asked, olive, Attribution.NAME)
    choose(asked, Attribution.NONE, leave_out=True)
    assert [lines(edition) for edition in Edition.objects.all()] == [[]]


def test_a_late_wish_not_to_be_noted_takes_out_what_was(asked: ConsentRequest, olive: User, ana: Registration) -> None:
    """R5: before circulation and after it."""
    change_wishes(ana, do_not_note=True, also_known_as="")
    assert lines(make(asked.notebook, at=LATER)) == []
    change_wishes(ana, do_not_note=False, also_known_as="")
    circulated(asked, olive)
    assert newest(asked.notebook) == [(WORDS, "")]
    change_wishes(ana, do_not_note=True, also_known_as="")
    assert newest(asked.notebook) == []


@pytest.mark.parametrize(
    "broken", ["Pri{{ x }}eto", "Pri{% x %}eto", "Pri[](http://z.example)eto", "Pr&#000000105;eto"]
)
def test_a_name_that_the_page_puts_together_is_found(
    notebook: Notebook, discussion: AgendaItem, ana: Registration, broken: str
) -> None:
    """R8: what readers see is checked, not only what was typed."""
    add_note(notebook, text=f"It was {broken} who asked.", agenda_item=discussion)
    assert reviewing.review(notebook, at=NOW).open_findings > 0


def test_somebody_elses_name_within_a_phrase_is_found(
    asked: ConsentRequest, ana: Registration, bola: Registration
) -> None:
    """R8: an organisation can be called after another participant."""
    Registration.objects.filter(pk=ana.pk).update(organisation="Sparrow, with Bola Adeyemi")
    choose(asked, Attribution.ORGANISATION)
    assert reviewing.review(asked.notebook, at=NOW).open_findings > 0


def test_a_name_that_becomes_known_stops_the_circulation(asked: ConsentRequest, olive: User, cai: Registration) -> None:
    """Threat 52: the roster grows after the edition was made."""
    make(asked.notebook, at=LATER)
    Registration.objects.filter(pk=cai.pk).update(also_known_as=WORDS)
    with pytest.raises(refusals.SomethingIsOpen):
        circulating.circulate(asked.notebook, by=olive, at=NOW)


def test_what_was_left_out_stays_with_its_contributor(asked: ConsentRequest, bola: Registration) -> None:
    """R5: given to somebody else, it could be brought back by them."""
    choose(asked, Attribution.NONE, leave_out=True)
    note = Note.objects.get()
    with pytest.raises(refusals.OnlyTheContributorMay):
        edit_note(
            note,
            revision=note.revision,
            text=note.text,
            agenda_item=note.agenda_item,
            contributor=key(bola),
            kind="point",
            confidential=False,
            may_lift=True,
        )


def test_a_note_taker_does_not_let_a_name_stand(notebook: Notebook, discussion: AgendaItem, ana: Registration) -> None:
    """R8: an organiser answers what blocks."""
    add_note(notebook, text="As Ana Prieto said.", agenda_item=discussion)
    ((found, *_),) = [row.found for row in reviewing.review(notebook, at=NOW).rows]
    with pytest.raises(refusals.AnOrganiserDecides):
        reviewing.answer_finding(notebook, found.digest, reason="Fine.", at=NOW, may_unblock=False)


def test_no_time_in_clear_says_who_answered_when(asked: ConsentRequest) -> None:
    """R11: tokens are made as of the beginning of time, and the moment of a consent is encrypted."""
    choose(asked, Attribution.NAME)
    with connection.cursor() as cursor:
        cursor.execute("SELECT given_at FROM notes_consent UNION SELECT text FROM notes_note")
        times = {Fernet(settings.NOTES_KEYS[0]).extract_timestamp(token) for (token,) in cursor.fetchall()}
    assert times == {0}


def test_words_for_an_item_that_goes_meanwhile_are_refused(point: Note, discussion: AgendaItem) -> None:
    """Struck out by somebody else between the look at it and the press."""
    delete_note(Note.objects.get(pk=point.pk))
    with pytest.raises(refusals.ItemIsGone):
        edit_note(
            point, revision=1, text="Others.", agenda_item=discussion, contributor="", kind="point",
            confidential=False, may_lift=False,
        )  # fmt: skip
    assert not Note.objects.exists()


def test_an_answer_to_what_is_no_finding_is_not_kept(point: Note) -> None:
    """R8: an answer holds for the text it was given to; that text is gone."""
    with pytest.raises(refusals.TextHasChanged):
        reviewing.answer_finding(point.notebook, "0" * 64, reason="A published book.", at=NOW)
    assert not LeakAnswer.objects.exists()
    with pytest.raises(refusals.TextHasChanged):
        reviewing.use_neutral_words(point.notebook, "0" * 64, at=NOW, may_lift=True)
    assert Note.objects.get().text == WORDS
