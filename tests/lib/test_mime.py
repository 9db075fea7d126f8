"""Letters as the bytes that a mail server takes: filled in for each recipient, whole, and within the line."""

import email.policy
from email import message_from_bytes
from email.message import EmailMessage
from uuid import UUID

import pytest
from hypothesis import given, strategies as st
from pytest_django import Settings

from cop.lib.mail import Letter, message
from cop.lib.mime import Form, form, mailbox, new_mark

KEY = UUID("00000000-0000-4000-8000-000000000012")
ENTRY = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
MARK, LINK = new_mark(), new_mark()
LETTER = Letter(
    subject="New notes",
    text=f"Hello {MARK},\n\nread them: {LINK}\n\n.\nFrom us = all\n",
    html=f'<p>Hello {MARK},</p><p><a href="{LINK}">read them</a></p>',
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


def to_bytes(made: Form, values: dict[str, str], to: str = "mira@river.example") -> bytes:
    return made.to_bytes(to=to, key=KEY, values=values)


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=email.policy.default)


def bodies(raw: bytes) -> list[str]:
    parts = [part for part in parsed(raw).iter_parts() if isinstance(part, EmailMessage)]
    return [part.get_content().replace("\r\n", "\n") for part in parts]


def test_each_recipient_reads_their_own_name_and_link_in_text_and_html() -> None:
    made = form(LETTER, [MARK, LINK])
    text, html = bodies(to_bytes(made, {MARK: "Zoë <b> & Co", LINK: "https://x.example/?a=1&b=2"}))
    assert text == "Hello Zoë <b> & Co,\n\nread them: https://x.example/?a=1&b=2\n\n.\nFrom us = all\n"
    assert html == ('<p>Hello Zoë &lt;b&gt; &amp; Co,</p><p><a href="https://x.example/?a=1&amp;b=2">read them</a></p>')
    other, _html = bodies(to_bytes(made, {MARK: "Otto", LINK: "https://x.example/o"}))
    assert other.startswith("Hello Otto,\n")


def test_mark_of_one_letter_is_guessed_by_nobody_and_left_in_none() -> None:
    assert new_mark() != new_mark()
    raw = to_bytes(form(LETTER, [MARK, LINK]), {MARK: LINK[:-1], LINK: "https://x.example/"})
    assert MARK.encode() not in raw


def test_message_says_who_when_and_that_it_wants_no_holiday_notice(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Vöices <notes@example.org>"
    made = parsed(to_bytes(form(Letter(subject="Café", text="Dear\n", html="<p>Dear</p>")), {}))
    assert made["Subject"] == "Café"
    assert made["From"] == "Vöices <notes@example.org>"
    assert made["To"] == "mira@river.example"
    assert made["Message-ID"] == f"<{KEY}@example.org>"
    assert made["Auto-Submitted"] == "auto-generated"
    assert made["X-Auto-Response-Suppress"] == "All"
    assert made["Date"].datetime is not None
    assert made.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in made.iter_parts()] == ["text/plain", "text/html"]


def test_calendar_entry_is_the_last_alternative() -> None:
    """B31, as in the message that Django's own backends get."""
    letter = Letter(subject="Come", text="Come\n", html="<p>Come</p>", calendar=ENTRY)
    part = list(parsed(to_bytes(form(letter), {})).iter_parts())[-1]
    assert part["Content-Type"].params == {"method": "REQUEST", "charset": "utf-8"}
    assert isinstance(part, EmailMessage)
    assert part.get_content().splitlines() == ENTRY.splitlines()


def test_subject_and_headers_are_filled_in_on_one_line() -> None:
    letter = Letter(subject=f"For {MARK}", text="", html="", list_id="notes.x.example", stop_url=LINK)
    made = parsed(to_bytes(form(letter, [MARK, LINK]), {MARK: "Zoë\r\nBcc: all@x.example", LINK: "https://x.example"}))
    assert made["Subject"] == "For Zoë Bcc: all@x.example"
    assert made["Bcc"] is None
    assert made["List-Id"] == "<notes.x.example>"
    assert made["List-Unsubscribe"] == "<https://x.example>"
    assert made["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_letter_for_other_backends_says_the_same() -> None:
    values = {MARK: "Zoë <b>", LINK: "https://x.example/?a=1&b=2"}
    made = form(LETTER, [MARK, LINK])
    django = message(made.filled(values), to="mira@river.example", key=KEY).message().as_bytes()
    assert bodies(django) == bodies(to_bytes(made, values))


@given(words, words, words)
def test_whatever_stands_in_it_arrives_whole_and_in_short_lines(before: str, value: str, after: str) -> None:
    """RFC 2045 §6.7: no line of more than 76; RFC 5321: only CRLF ends one."""
    before, after = (" ".join(part.split()) for part in (before, after))
    letter = Letter(subject="x", text=f"{before}{MARK}{after}\n", html=f"<p>{MARK}</p>")
    raw = to_bytes(form(letter, [MARK]), {MARK: value})
    text, _html = bodies(raw)
    assert text == f"{before}{' '.join(value.split())}{after}\n"
    assert max(len(line) for line in raw.split(b"\r\n")) <= 76
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert raw.isascii()


@pytest.mark.parametrize("length", range(60, 90))
def test_line_that_just_fits_still_has_room_for_what_follows(length: int) -> None:
    letter = Letter(subject="x", text="a" * length + MARK + "\n", html="")
    raw = to_bytes(form(letter, [MARK]), {MARK: "b" * length})
    assert bodies(raw)[0] == "a" * length + "b" * length + "\n"
    assert max(len(line) for line in raw.split(b"\r\n")) <= 76


def test_address_is_taken_as_it_is_encoded_or_refused() -> None:
    assert mailbox("mira.novak+x@river.example") == "mira.novak+x@river.example"
    assert mailbox("mira@rivér.example") == "mira@xn--rivr-dpa.example"
    with pytest.raises(ValueError, match="Invalid address"):
        mailbox("mira@river.example\r\nBcc: all@x.example")
