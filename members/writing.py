"""Who writes which letter: a registry for every app, and the members' own letters.

A letter is a function of one delivery, called when it is sent. What it is about is looked up then, so that it says
what is true on that day; if that is gone, the look-up's `DoesNotExist` is the right answer.

A form letter says the same to all but for a few words, such as a name or a personal link. Its function is called once
for many recipients, and leaves blanks, which are filled in for each.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from cop.lib.mail import Letter, covered, sender_domain, tinted
from cop.lib.markdown import as_markdown, render_markdown
from cop.lib.mime import Form, form, new_mark, one_line
from cop.lib.signing import absolute_url, personal_token
from members.models import (
    Delivery,
    Kind,
    Mailing,
    Wording,
)
from members.rules.placeholders import fill_places

Writer = Callable[[Delivery], Letter]
Fill = Callable[[Delivery], str]
W = TypeVar("W")


class Blanks:
    """The places of a form letter that differ between recipients, and what goes there."""

    def __init__(self) -> None:
        self._marks: dict[Fill, str] = {}

    def leave(self, fill: Fill) -> str:
        """A word to put into a template (or a link) where each recipient's own is to stand; no filter may touch it."""
        return self._marks.setdefault(fill, new_mark())

    def marks(self) -> tuple[str, ...]:
        return tuple(self._marks.values())

    def values(self, delivery: Delivery) -> dict[str, str]:
        """What goes into each place of the letter to one recipient."""
        return {mark: fill(delivery) for fill, mark in self._marks.items()}

    def stop_link(self) -> str:
        """Where each recipient ends letters like this one, without signing in (B23)."""
        return absolute_url(reverse("members:stop", args=[self.leave(stop_token)]))


FormWriter = Callable[[Mailing, Blanks], Letter]
_writers: dict[str, Writer] = {}
_form_writers: dict[str, FormWriter] = {}
_private: set[str] = set()
_at_rest: set[str] = set()
_unlisted: set[str] = set()
_kinds: dict[str, Kind] = {}
_lines: dict[str, str] = {}


def letter(
    name: str,
    *,
    kind: Kind | None = None,
    private: bool = False,
    unlisted: bool = False,
    at_rest: bool = False,
    line: str = "",
) -> Callable[[Writer], Writer]:
    """Say that the decorated function writes the letter called `name`.

    Letters of a `kind` go only to those who want it, and have a link that ends them: the writer gives `stop_link` to
    its templates as `stop`. What somebody's own doing calls for (a code, a place that changed) has no kind.

    What a `private` letter says to its recipient in particular is nobody else's: which row that was is forgotten once
    the letter is sent, or given up. That somebody got an `unlisted` one at all is nobody else's: no list of the panel
    has it.

    A network put to rest sends nothing but letters `at_rest`: what somebody asked for themselves, or has to be told of
    what is theirs (B100). Letters of no network always go.

    Letters of one `line` about the same row go one after the other, each as things stand by then: none arrives late
    with what an earlier one, sent at the same time by another worker, has overtaken (complaint 2).
    """

    def remember(writer: Writer) -> Writer:
        _remember(_writers, name, writer, kind, private=private, unlisted=unlisted)
        if at_rest:
            _at_rest.add(name)
        if line:
            _lines[name] = line
        return writer

    return remember


def form_letter(
    name: str, *, kind: Kind | None = None, private: bool = False, unlisted: bool = False
) -> Callable[[FormWriter], FormWriter]:
    """The same for a letter that is written once for all its recipients, with blanks."""

    def remember(writer: FormWriter) -> FormWriter:
        _remember(_form_writers, name, writer, kind, private=private, unlisted=unlisted)
        return writer

    return remember


def _remember(writers: dict[str, W], name: str, writer: W, kind: Kind | None, *, private: bool, unlisted: bool) -> None:
    if name in _writers or name in _form_writers:
        raise ValueError(f"Two letters are called {name}.")
    writers[name] = writer
    if kind is not None:
        _kinds[name] = kind
    if private:
        _private.add(name)
    if unlisted:
        _unlisted.add(name)


def known_letters() -> list[str]:
    """The names of all letters there are."""
    return sorted([*_writers, *_form_writers])


def private_letters() -> list[str]:
    """The names of the letters that only their recipients are to know of."""
    return sorted(_private)


def goes_at_rest(name: str) -> bool:
    """Whether a network that was put to rest still sends this letter."""
    return name in _at_rest


def unlisted_letters() -> list[str]:
    """The names of the letters of which nobody is to see who got them."""
    return sorted(_unlisted)


def kind_of(name: str) -> Kind | None:
    """Which kind of letter `name` is; none where it goes to whoever it is for, wanted or not."""
    return _kinds.get(name)


def line_of(name: str) -> str:
    """In which line such letters stand; "" where they may overtake one another."""
    return _lines.get(name, "")


def is_form_letter(name: str) -> bool:
    """Whether one writing serves all recipients."""
    return name in _form_writers


def language_of(delivery: Delivery) -> str:
    """The language a letter is written in: the one its recipient chose, else the network's, else the site's."""
    own = delivery.user.language if delivery.user else ""
    network = delivery.mailing.network
    return own or (network.language if network else settings.LANGUAGE_CODE)


def write_form(mailing: Mailing, language: str) -> tuple[Form, Blanks]:
    """A form letter in `language` as of now, and what is to be filled in."""
    with translation.override(language):
        return _write_form(mailing)


def _write_form(mailing: Mailing) -> tuple[Form, Blanks]:
    blanks = Blanks()
    written = _form_writers[mailing.letter](mailing, blanks)
    if list_id := _list_id(mailing):
        written = replace(written, list_id=list_id, stop_url=blanks.stop_link())
    worded = with_wording(written, mailing, name=blanks.leave(called))
    return form(worded, blanks.marks()), blanks


def write(delivery: Delivery) -> Letter:
    """The letter for one recipient, as of now."""
    with translation.override(language_of(delivery)):
        return _write(delivery, delivery.mailing)


def _write(delivery: Delivery, mailing: Mailing) -> Letter:
    if is_form_letter(mailing.letter):
        made, blanks = _write_form(mailing)
        return made.filled(blanks.values(delivery))
    written = _writers[mailing.letter](delivery)
    if list_id := _list_id(mailing):
        written = replace(written, list_id=list_id, stop_url=stop_link(delivery))
    return with_wording(written, mailing, name=called(delivery))


def with_wording(written: Letter, mailing: Mailing, *, name: str) -> Letter:
    """`written` with the subject and the covering text that the network's organisers gave it, if they did."""
    own = Wording.objects.filter(network=mailing.network_id, letter=mailing.letter).first()
    if own is None or mailing.network is None:
        return tinted(covered(written), mailing.network.accent if mailing.network else "")
    values = {**written.words, "name": name, "network": mailing.network.name}
    worded = covered(
        written,
        subject=one_line(fill_places(own.subject, values)),
        text=fill_places(own.covering, values).strip(),
        html=render_markdown(fill_places(own.covering, {key: as_markdown(value) for key, value in values.items()})),
    )
    return tinted(worded, mailing.network.accent)


def _list_id(mailing: Mailing) -> str:
    """What mail programs know letters of this kind from this network by; empty where they are of no kind."""
    kind = kind_of(mailing.letter)
    return f"{kind}.{mailing.network.slug}.{sender_domain()}" if kind and mailing.network else ""


def stop_link(delivery: Delivery) -> str:
    """Where its recipient ends letters like this one, without signing in (B23)."""
    return absolute_url(reverse("members:stop", args=[stop_token(delivery)]))


def stop_token(delivery: Delivery) -> str:
    return personal_token("stop letters", delivery.pk)


def about(delivery: Delivery) -> int:
    """The id of what a letter is about: the recipient's own, else the mailing's; 0, which no row has, if neither."""
    return delivery.about_id or delivery.mailing.about_id or 0


def called(delivery: Delivery) -> str:
    """What a letter calls its recipient, also where nobody has told us a name."""
    return delivery.name or gettext("there")
