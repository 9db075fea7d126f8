"""Letters as they are written, made into messages, and kept in a folder."""

import email.policy
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage as Message
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from cop.lib.mail import FolderBackend, Letter, message, render_letter

KEY = UUID("00000000-0000-4000-8000-000000000012")
ENTRY = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n"


def parsed(made: EmailMessage) -> Message:
    return message_from_bytes(made.message().as_bytes(), policy=email.policy.default)


def test_words_are_escaped_in_html_and_nowhere_else() -> None:
    letter = render_letter(
        "confirm", {"network": {"name": "Bread & <b>roses</b>"}, "url": "https://x.example/?a=1&b=2"}
    )
    assert letter.subject == "Please confirm: join Bread & <b>roses</b>"
    assert "https://x.example/?a=1&b=2" in letter.text
    assert "Bread &amp; &lt;b&gt;roses&lt;/b&gt;" in letter.html
    assert "<b>" not in letter.html


def test_subject_is_one_line_whatever_a_name_holds() -> None:
    letter = render_letter("confirm", {"network": {"name": "Bread\r\nBcc: all@x.example"}, "url": ""})
    assert letter.subject == "Please confirm: join Bread Bcc: all@x.example"


def test_styles_stand_in_the_elements_and_nothing_is_fetched() -> None:
    letter = render_letter("confirm", {"network": {"name": "Voices"}, "url": "https://x.example/"})
    assert '<h1 style="' in letter.html
    for remote in ("<style", "<link", "<img", "src=", "@import"):
        assert remote not in letter.html


def test_letter_is_text_and_html_for_one_recipient_and_asks_for_no_holiday_notice() -> None:
    made = parsed(message(Letter(subject="Hello", text="Dear\n", html="<p>Dear</p>"), to="mira@river.example", key=KEY))
    assert made["To"] == "mira@river.example"
    assert made["Message-ID"] == f"<{KEY}@example.org>"
    assert made["Auto-Submitted"] == "auto-generated"
    assert made.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in made.iter_parts()] == ["text/plain", "text/html"]


def test_letters_of_one_thread_answer_to_one_that_need_not_exist() -> None:
    written = Letter(subject="Hello", text="Dear\n", html="<p>Dear</p>", thread="meeting-1")
    assert parsed(message(written, to="mira@river.example", key=KEY))["References"] == "<meeting-1@example.org>"
    assert parsed(message(replace(written, thread=""), to="mira@river.example", key=KEY))["References"] is None


def test_calendar_entry_is_an_alternative_and_no_attachment() -> None:
    """B31: a text/calendar part inside multipart/alternative is what Outlook and Gmail take for an invitation."""
    letter = Letter(subject="Gone", text="Gone\n", html="<p>Gone</p>", calendar=ENTRY, calendar_method="CANCEL")
    part = list(parsed(message(letter, to="mira@river.example", key=KEY)).iter_parts())[-1]
    assert part.get_content_type() == "text/calendar"
    assert part["Content-Type"].params == {"method": "CANCEL", "charset": "utf-8"}
    assert not part.is_attachment()
    assert cast("Message", part).get_content().splitlines() == ENTRY.splitlines()


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MAIL_FOLDER = tmp_path / "mail"
    return tmp_path / "mail"


def test_folder_keeps_each_letter_and_lists_it(folder: Path) -> None:
    sender = FolderBackend()
    first = EmailMessage("Café & tea", "One", to=["mira@river.example"])
    assert sender.send_messages([first, EmailMessage("Two", "Two", to=["o@x.example"])]) == 2
    names = sorted(path.name for path in folder.glob("*.eml"))
    assert [name.split("-", 3)[3] for name in names] == ["mira-at-riverexample-cafe-tea.eml", "o-at-xexample-two.eml"]
    index = (folder / "index.txt").read_text(encoding="utf-8").splitlines()
    assert [line.split("  ", 1)[1] for line in index] == [
        f"to mira@river.example: Café & tea  ({names[0]})",
        f"to o@x.example: Two  ({names[1]})",
    ]
    assert message_from_bytes((folder / names[0]).read_bytes(), policy=email.policy.default)["Subject"] == "Café & tea"


def test_folder_serves_several_at_once(folder: Path) -> None:
    def send(number: int) -> None:
        FolderBackend().send_messages([EmailMessage(f"Letter {number}", "x", to=["mira@river.example"])])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(80)))
    assert len(list(folder.glob("*.eml"))) == 80
    lines = (folder / "index.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(line.split("  ")[1] for line in lines) == sorted(
        f"to mira@river.example: Letter {n}" for n in range(80)
    )
