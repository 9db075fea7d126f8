"""Letters: written from three templates, made into messages, and (for trying out) put into a folder."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parseaddr
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from css_inline import CSSInliner
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template import Context, Engine
from django.utils.text import slugify

# Where a covering text stands in `templates/emails/base.html`.
COVERING = "<!--covering-->"
# The accent of `letters.css`, which the sheet's inliner writes into these.
OURS = "#14513a"
_STYLE = re.compile(r'style="[^"]*"')
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What one recipient reads. `calendar` is iCalendar text (RFC 5545), `calendar_method` its METHOD (RFC 5546).

    `list_id` (RFC 2919) and `stop_url`, the address where a POST ends such letters (RFC 8058), are of letters that
    people choose to get. `words` are what a covering text may say of what the letter is about, by placeholder. Letters
    of one `thread` (a word of letters, digits and hyphens) stand together in mail programs.
    """

    subject: str
    text: str
    html: str
    calendar: str = ""
    calendar_method: str = "REQUEST"
    list_id: str = ""
    stop_url: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    thread: str = ""


def render_letter(name: str, context: Mapping[str, object]) -> Letter:
    """The letter in `templates/emails/<name>/`: subject.txt, body.txt and body.html (which extends emails/base.html).

    The two plain texts are not escaped: an ampersand is an ampersand there. Styles are put in place. Where the context
    has a `stop` (an address), both end with it.
    """
    words = {"site": urlsplit(settings.SITE_URL).netloc, **context}
    subject = " ".join(_render(f"{name}/subject.txt", words, escape=False).split())
    words["subject"] = subject
    return Letter(
        subject=subject,
        text=f"{_render(f'{name}/body.txt', words, escape=False)}{_render('stop.txt', words, escape=False)}".strip()
        + "\n",
        html=style(_render(f"{name}/body.html", words)),
    )


def covered(letter: Letter, *, subject: str = "", text: str = "", html: str = "") -> Letter:
    """`letter` with another subject, and with a covering text before all else, given as plain text and as HTML."""
    titled = _TITLE.sub(lambda _: f"<title>{escape(subject)}</title>", letter.html, count=1) if subject else letter.html
    block = (
        _inliner().inline_fragment(f'<div class="covering">{html}</div>', _render("letters.css", {})) if html else ""
    )
    return replace(
        letter,
        subject=subject or letter.subject,
        text=f"{text}\n\n{letter.text}" if text else letter.text,
        html=titled.replace(
            COVERING, _inliner().inline_fragment(block, _render("letters.css", {})) if block else "", 1
        ),
    )


def tinted(letter: Letter, accent: str) -> Letter:
    """`letter` with `accent` (#rrggbb) in place of our own colour; as it is where that is empty."""
    if not accent:
        return letter
    return replace(letter, html=_STYLE.sub(lambda style: style[0].replace(OURS, accent), letter.html))


def _render(path: str, words: Mapping[str, object], *, escape: bool = True) -> str:
    return Engine.get_default().get_template(f"emails/{path}").render(Context(dict(words), autoescape=escape))


def style(html: str) -> str:
    """`html` with the letters' style sheet written into its elements: most mail programs read styles only there."""
    return _inliner().inline(html)


@lru_cache(maxsize=1)
def _inliner() -> CSSInliner:
    return CSSInliner(extra_css=_render("letters.css", {}), inline_style_tags=False, load_remote_stylesheets=False)


def sender_address() -> str:
    """The address that letters come from, without a name: where a server may send back what it could not deliver."""
    return _bare(settings.DEFAULT_FROM_EMAIL)


@lru_cache(maxsize=8)
def _bare(address: str) -> str:
    return parseaddr(address)[1]


def sender_domain() -> str:
    """The domain that letters come from."""
    return sender_address().rpartition("@")[2]


def message_id(key: UUID) -> str:
    """The Message-ID that comes from `key`: a letter that is sent again is shown once."""
    return f"<{key}@{sender_domain()}>"


def headers_for_programs(letter: Letter) -> dict[str, str]:
    """What a letter says to mail programs: no holiday notices back, please, and how such letters end."""
    headers = {
        "Auto-Submitted": "auto-generated",  # RFC 3834 §5
        "X-Auto-Response-Suppress": "All",  # the same, for Exchange
    }
    if letter.thread:
        # RFC 5322 §3.6.4: what all of them answer to need not have been sent.
        headers["References"] = f"<{letter.thread}@{sender_domain()}>"
    if letter.stop_url:
        headers["List-Id"] = f"<{letter.list_id}>"
        headers["List-Unsubscribe"] = f"<{letter.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def message(letter: Letter, *, to: str, key: UUID) -> EmailMessage:
    """`letter` as a message to one recipient (R14), as Django's mail backends take it.

    The calendar entry is an alternative of the text, where Outlook and Gmail look for an invitation (RFC 6047 §2.4),
    not an attachment.
    """
    headers = {"Message-ID": message_id(key), **headers_for_programs(letter)}
    made = EmailMultiAlternatives(letter.subject, letter.text, to=[to], headers=headers)
    made.attach_alternative(letter.html, "text/html")
    if letter.calendar:
        made.attach_alternative(letter.calendar, f"text/calendar; method={letter.calendar_method}")
    return made


class FolderBackend(BaseEmailBackend):
    """For trying out: each message becomes a file in `MAIL_FOLDER`, and a line in its `index.txt`, newest last."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for each in email_messages:
            self._keep(folder, each, datetime.now(UTC))
        return len(email_messages)

    def _keep(self, folder: Path, kept: EmailMessage, now: datetime) -> None:
        to = ", ".join(kept.recipients())
        name = f"{now:%Y%m%d-%H%M%S-%f}-{slugify(to.replace('@', ' at '))[:60]}-{slugify(kept.subject)[:60]}.eml"
        # Written beside and renamed, so that nobody reads half a letter; whole lines are appended, so that letters
        # from several processes at once do not run into one another.
        draft = folder / f".{name}.{os.getpid()}"
        draft.write_bytes(kept.message().as_bytes())
        draft.rename(folder / name)
        with (folder / "index.txt").open("a", encoding="utf-8") as index:
            index.write(f"{now:%Y-%m-%d %H:%M:%S}  to {to}: {kept.subject}  ({name})\n")
