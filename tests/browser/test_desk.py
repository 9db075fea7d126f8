"""The note desk as note-takers use it: by keyboard, two at once, without connection, on a phone, without scripts."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from events.models import AgendaItem, Meeting, Registration
from members.models import User
from notes.actions.noting import add_note, delete_note, edit_note, open_notebook
from notes.models import Note, Notebook
from notes.models.drafts import Jotting
from tests.browser.conftest import PATIENCE_MS, Person
from tests.browser.test_members_pages import is_clean
from tests.conftest import signed_in
from tests.notes.conftest import attended

# The desk looks for news every four seconds.
expect.set_options(timeout=PATIENCE_MS)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def discussion(meeting: Meeting) -> AgendaItem:
    return meeting.agenda.get(kind="discussion")


@pytest.fixture
def notebook(meeting: Meeting) -> Notebook:
    return open_notebook(meeting)


@pytest.fixture
def ana(meeting: Meeting) -> Registration:
    return attended(meeting, "Ana Prieto", "Tern Valley Council", "public")


def at_the_desk(person: Person, user: User, meeting: Meeting) -> Page:
    sign_in(person, user)
    person.goes_to(reverse("admin:notes_notebook_desk", args=[meeting.pk]))
    return person.page


def sign_in(person: Person, user: User) -> None:
    session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    person.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": person.site}])


def composer(page: Page) -> None:
    page.locator("#composer textarea").click()


def sees_items(page: Page, *texts: str) -> None:
    expect(page.locator(".desk-items .item:not(.waiting) .item-text")).to_have_text(list(texts))


def types(page: Page, *keys: str) -> None:
    """Words are typed, names in angle brackets are pressed."""
    for key in keys:
        if key.startswith("<"):
            page.keyboard.press(key.strip("<>"))
        else:
            page.keyboard.type(key)


def changes(page: Page, note: Note) -> None:
    """Go to an item and into it, as by keyboard."""
    page.locator(f"#item-{note.pk}").focus()
    types(page, "<Enter>")
    expect(page.locator(".editing textarea")).to_be_focused()


def test_a_whole_meeting_is_noted_without_touching_the_mouse(
    somebody: Callable[[], Person], meeting: Meeting, noor: User, ana: Registration, discussion: AgendaItem
) -> None:
    """B51: Enter, Shift and Enter, @, Alt and C, A, T, and the arrows."""
    bola = attended(meeting, "Bola Adeyemi", "Marsh Council", "public", do_not_note=True)
    desk = somebody()
    page = at_the_desk(desk, noor, meeting)
    composer(page)
    types(page, "First point @an", "<Enter>", "of the talk", "<Enter>")
    types(page, "<Alt+ArrowDown>", "Two", "<Shift+Enter>", "lines", "<Enter>")
    types(page, "Write to a@b.example", "<Alt+KeyA>", "<Enter>")
    types(page, "Tea helps", "<Alt+KeyT>", "<Alt+KeyP>", "<Alt+KeyT>", "<Enter>")
    types(page, "Between us", "<Alt+KeyC>", "<Enter>")
    # Bola is there and cannot be chosen; Escape brings back the sign and the text.
    types(page, "@bol")
    expect(page.locator(".people [role=option]")).to_have_text("Bola Adeyemi (asked not to be noted)")
    expect(page.locator(".people [role=option]")).to_have_attribute("aria-disabled", "true")
    desk.keeps_a_picture("01-who-cannot-be-chosen")
    types(page, "<Enter>", "<Escape>", "home", "<Enter>")
    sees_items(
        page, "First point of the talk", "Two\nlines", "Between us", "@home", "Tea helps", "Write to a@b.example"
    )
    expect(page.locator("#composer textarea")).to_be_focused()
    rows = Note.objects.order_by("pk").values_list("text", "kind", "confidential", "agenda_item__title")
    assert list(rows) == [
        ("First point of the talk", "point", False, "A jury on data"),
        ("Two\nlines", "point", False, "Discussion"),
        ("Write to a@b.example", "action", False, "Discussion"),
        ("Tea helps", "takeaway", False, "Discussion"),
        ("Between us", "point", True, "Discussion"),
        ("@home", "point", False, "Discussion"),
    ]
    assert [note.contributor for note in Note.objects.order_by("pk")] == [f"r{ana.pk}", "", "", "", "", ""]
    assert f"r{bola.pk}" not in {note.contributor for note in Note.objects.all()}
    # Into the items, change one in place, move it, strike it out.
    types(page, "<Escape>", "<Home>", "<ArrowDown>", "e")
    expect(page.locator(".item.editing textarea")).to_be_focused()
    types(page, " or three", "<Control+Enter>")
    expect(page.locator(".item.editing")).to_have_count(0)
    expect(page.locator(".item:focus .item-text")).to_have_text("Two\nlines or three")
    types(page, "<Alt+ArrowDown>")
    sees_items(
        page,
        "First point of the talk", "Between us", "Two\nlines or three", "@home", "Tea helps", "Write to a@b.example",
    )  # fmt: skip
    expect(page.locator(".item:focus .item-text")).to_have_text("Two\nlines or three")
    types(page, "?")
    expect(page.get_by_text("strike the item out; twice, to be sure")).to_be_visible()
    desk.keeps_a_picture("02-keys")
    types(page, "?", "<Delete>", "<Delete>")
    expect(page.locator(".desk-items .item")).to_have_count(5)
    types(page, "<Escape>")
    expect(page.locator("#composer textarea")).to_be_focused()
    desk.keeps_a_picture("03-noted")


def test_two_write_at_once_and_each_sees_the_others_words(
    somebody: Callable[[], Person],
    meeting: Meeting,
    notebook: Notebook,
    noor: User,
    olive: User,
) -> None:
    """B51: what others note appears while one writes; who edits the same item sees both texts, and merges them."""
    note = add_note(notebook, text="Begin.")
    one, two = somebody(), somebody()
    first, second = at_the_desk(one, noor, meeting), at_the_desk(two, olive, meeting)
    composer(second)
    types(second, "Half a sen")
    composer(first)
    types(first, "From Noor", "<Enter>")
    sees_items(second, "Begin.", "From Noor")
    expect(second.locator("#composer textarea")).to_be_focused()
    types(second, "tence", "<Enter>")
    sees_items(first, "Begin.", "From Noor", "Half a sentence")
    for page in (first, second):
        changes(page, note)
    types(first, " One.", "<Enter>")
    expect(first.locator(".editing")).to_have_count(0)
    types(second, " Two.")
    # Before she saves she is told, and after it she has both.
    expect(second.locator(".elsewhere")).to_contain_text("Begin. One.")
    types(second, "<Enter>")
    expect(second.locator(".editing blockquote")).to_have_text("Begin. One.")
    expect(second.locator(".editing textarea")).to_have_value("Begin. Two.")
    two.keeps_a_picture("01-both-texts")
    second.locator(".editing textarea").fill("Begin. One. Two.")
    types(second, "<Control+Enter>")
    sees_items(first, "Begin. One. Two.", "From Noor", "Half a sentence")
    assert not Jotting.objects.exists()


def test_an_item_struck_out_while_it_is_changed_keeps_its_words(
    somebody: Callable[[], Person], meeting: Meeting, notebook: Notebook, noor: User
) -> None:
    note = add_note(notebook, text="Begin.")
    desk = somebody()
    page = at_the_desk(desk, noor, meeting)
    changes(page, note)
    types(page, " And more.")
    delete_note(note)
    expect(page.locator(".elsewhere")).to_contain_text("Somebody else struck this item out.")
    types(page, "<Enter>")
    expect(page.locator(".editing .error-summary")).to_contain_text("Your text is still here")
    types(page, "<Enter>")
    sees_items(page, "Begin. And more.")


def test_a_change_is_thrown_away_only_at_the_second_escape(
    somebody: Callable[[], Person], meeting: Meeting, notebook: Notebook, noor: User
) -> None:
    note = add_note(notebook, text="Begin.")
    desk = somebody()
    page = at_the_desk(desk, noor, meeting)
    changes(page, note)
    types(page, " No.", "<Escape>")
    expect(page.locator(".composer-state")).to_contain_text("Not saved.")
    expect(page.locator(".editing textarea")).to_have_value("Begin. No.")
    types(page, "<Escape>")
    expect(page.locator(".editing")).to_have_count(0)
    sees_items(page, "Begin.")
    expect(page.locator(f"#item-{note.pk}")).to_be_focused()


def test_what_is_typed_survives_a_closed_tab_and_is_nowhere_in_the_browser(
    somebody: Callable[[], Person], meeting: Meeting, noor: User
) -> None:
    """T37: kept on the server, not in localStorage, sessionStorage or IndexedDB."""
    desk = somebody()
    page = at_the_desk(desk, noor, meeting)
    composer(page)
    types(page, "Half a thought")
    expect(page.locator(".composer-kept")).to_have_text("What you type is kept.")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("indexedDB.databases()") == []
    for name in ("spellcheck", "autocomplete"):
        assert page.locator("#composer textarea").get_attribute(name) in {"false", "off"}
    page.close()
    desk.page = desk.page.context.new_page()
    desk.goes_to(reverse("admin:notes_notebook_desk", args=[meeting.pk]))
    desk.sees("You wrote this and have not noted it yet")
    desk.picture(desk.page, "01-kept")
    desk.follows("Go on writing")
    expect(desk.page.locator("#composer textarea")).to_have_value("Half a thought")
    composer(desk.page)
    types(desk.page, "<End>", ", finished", "<Enter>")
    sees_items(desk.page, "Half a thought, finished")
    assert not Jotting.objects.exists()


def test_a_lost_connection_loses_no_word(somebody: Callable[[], Person], meeting: Meeting, noor: User) -> None:
    """A sentence says so, the words stay on the page, writing goes on, and all of it arrives, once and in order."""
    desk = somebody()
    page = at_the_desk(desk, noor, meeting)
    page.context.set_offline(True)
    composer(page)
    types(page, "One", "<Enter>", "Two", "<Enter>", "Thr")
    expect(page.locator(".item.waiting .item-text")).to_have_text(["One", "Two"])
    expect(page.locator(".composer-state")).to_contain_text("The connection is lost.")
    desk.picture(page, "01-lost")
    page.context.set_offline(False)
    sees_items(page, "One", "Two")
    expect(page.locator(".composer-state")).to_have_text("")
    types(page, "ee", "<Enter>")
    sees_items(page, "One", "Two", "Three")
    assert list(Note.objects.order_by("pk").values_list("revision", flat=True)) == [1, 1, 1]


def test_whoever_is_signed_out_keeps_their_words_and_signs_in_again(
    somebody: Callable[[], Person], meeting: Meeting, noor: User
) -> None:
    desk = somebody()
    page = at_the_desk(desk, noor, meeting)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    composer(page)
    types(page, "Before", "<Enter>", "After")
    expect(page.locator(".composer-state")).to_contain_text("You are signed out.")
    link = page.get_by_role("link", name="Sign in (in a new tab)")
    expect(link).to_have_attribute("target", "_blank")
    expect(page.locator("#composer textarea")).to_have_value("After")
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    sign_in(desk, noor)
    sees_items(page, "Before")
    expect(page.locator("#composer textarea")).to_have_value("After")
    types(page, "wards", "<Enter>")
    sees_items(page, "Before", "Afterwards")


def test_a_refusal_brings_the_words_back(
    somebody: Callable[[], Person], meeting: Meeting, noor: User, ana: Registration
) -> None:
    desk = somebody()
    page = at_the_desk(desk, noor, meeting)
    composer(page)
    types(page, "Something @ana", "<Enter>")
    Registration.objects.filter(pk=ana.pk).update(do_not_note=True)
    types(page, "<Enter>")
    expect(page.locator(".composer .error-summary")).to_contain_text("asked that their comments are not noted")
    expect(page.locator("#composer textarea")).to_have_value("Something ")
    expect(page.locator(".unnoted")).to_contain_text("Ana Prieto")
    assert not Note.objects.exists()


def test_the_desk_on_a_phone_and_without_scripts(  # noqa: PLR0917  # the cast
    chromium: Browser,
    live_server: LiveServer,
    somebody: Callable[[], Person],
    meeting: Meeting,
    notebook: Notebook,
    noor: User,
    ana: Registration,
) -> None:
    """Item by item; nothing is wider than the screen."""
    add_note(notebook, text="Begin.", contributor=f"r{ana.pk}")
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, java_script_enabled=False)
    phone = Person(context, live_server.url, somebody().picture)
    page = at_the_desk(phone, noor, meeting)
    phone.picture(page, "01-phone")
    page.get_by_label("What was said").fill("Written without scripts")
    page.get_by_label("Who said it").select_option(label="Ana Prieto")
    page.get_by_label("action").check()
    page.get_by_role("button", name="Note it").click()
    sees_items(page, "Written without scripts", "Begin.")
    assert list(Note.objects.order_by("pk").values_list("kind", flat=True)) == ["point", "action"]
    page.get_by_role("link", name="Change").last.click()
    page.get_by_label("What was said").fill("Begun.")
    page.get_by_role("button", name="Save").click()
    sees_items(page, "Written without scripts", "Begun.")
    page.get_by_role("button", name="Strike out").first.click()
    sees_items(page, "Begun.")
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(  # noqa: PLR0917  # the cast
    somebody: Callable[[], Person], meeting: Meeting, notebook: Notebook, noor: User, ana: Registration, width: int
) -> None:
    add_note(notebook, text="Begin. " * 20, contributor=f"r{ana.pk}", confidential=True)
    desk = somebody()
    desk.page.set_viewport_size({"width": width, "height": 800})
    page = at_the_desk(desk, noor, meeting)
    composer(page)
    types(page, "@")
    page.locator(".item .item-change").focus()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    desk.keeps_a_picture(f"{width}")


def test_other_peoples_news_moves_neither_focus_nor_selection(
    somebody: Callable[[], Person], meeting: Meeting, notebook: Notebook, noor: User
) -> None:
    notes = [add_note(notebook, text=text) for text in ("One.", "Two.", "Three.")]
    desk = somebody()
    page = at_the_desk(desk, noor, meeting)
    changes(page, notes[1])
    types(page, "<Home>", "<Shift+ArrowRight>")
    delete_note(notes[0])
    edit_note(
        notes[2], revision=1, text="Three!", agenda_item=None, contributor="", kind="point", confidential=False,
        may_lift=False,
    )  # fmt: skip
    sees_items(page, "Two.", "Three!")
    expect(page.locator(".editing textarea")).to_be_focused()
    assert page.evaluate("[document.activeElement.selectionStart, document.activeElement.selectionEnd]") == [0, 1]
    assert desk.complaints == []


def test_the_desk_passes_the_checker(
    somebody: Callable[[], Person], meeting: Meeting, notebook: Notebook, noor: User, ana: Registration
) -> None:
    """WCAG 2.2 AA, as far as a machine can tell (axe-core), with list, editor and keys open."""
    note = add_note(notebook, text="Begin.", contributor=f"r{ana.pk}", confidential=True)
    desk = somebody()
    page = at_the_desk(desk, noor, meeting)
    page.locator(f"#item-{note.pk}").focus()
    types(page, "?", "<Enter>")
    expect(page.locator(".editing textarea")).to_be_focused()
    composer(page)
    types(page, "@")
    is_clean(desk, "01-clean")
