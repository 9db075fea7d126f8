"""Every letter there is, with made-up people in it, for organisers to look at (B75).

A letter is a folder in `templates/emails/`. Each app says, in its own `samples.py`, what its letters are filled with.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from cop.lib.mail import Letter, render_letter
from cop.lib.markdown import render_markdown
from cop.lib.signing import absolute_url
from members.models import Membership, Network, Passkey, User

Words = dict[str, object]
LINK = "/p/sample/"
FOLDER = Path(__file__).resolve().parent.parent / "templates" / "emails"
_words: dict[str, Callable[[Network], Words]] = {}


def fill_with(folder: str, words: Callable[[Network], Words]) -> None:
    """Say what the letters in one folder are filled with; "" is the folder of them all."""
    _words[folder] = words


def letter_names() -> list[str]:
    """All letters there are, each named as its folder."""
    return sorted(path.parent.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("subject.txt"))


def sample(name: str, network: Network) -> Letter:
    """The letter as somebody who does not exist would get it from this network."""
    folder = name.rpartition("/")[0]
    return render_letter(name, {"network": network, "stop": "", **_words[folder](network)})


def _of_members(network: Network) -> Words:
    person = User(email="robin@example.org", name="Robin Sample", organisation="Sample Trust")
    said = _("Dear %s,\n\nthis is what **you** have written.") % person.name
    return {
        "membership": Membership(network=network, user=person),
        "person": person,
        "passkey": Passkey(user=person, name=_("My phone"), added_on=date(2037, 1, 14)),
        "code": "123456",
        "minutes": 15,
        "days": 7,
        **dict.fromkeys(("url", "home", "me", "panel"), absolute_url(LINK)),
        "subject_line": _("A letter to many"),
        "text": said,
        "html": render_markdown(said),
        "reason": _("You get this letter because you are a member of the network."),
    }


fill_with("", _of_members)
