"""What speakers type on their own page."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from events.actions.speaking import Said, linked_slides
from events.models import AgendaItem, SeenBy, Speaker
from events.models.meetings import WEB_ADDRESS

EVERYBODY = gettext_lazy("Everyone: the page is public")
MEMBERS = gettext_lazy("Members of the network, signed in")
NOBODY = gettext_lazy("Nobody")
WHO = [(SeenBy.PUBLIC.value, EVERYBODY), (SeenBy.MEMBERS.value, MEMBERS), (SeenBy.NOBODY.value, NOBODY)]


def choice(label: Any, help_text: Any) -> forms.ChoiceField:
    """Nothing is chosen beforehand, and nothing has to be."""
    return forms.ChoiceField(label=label, help_text=help_text, choices=WHO, widget=forms.RadioSelect, required=False)


class TalkForm(forms.Form):
    """A talk and who gives it, in the speaker's own words."""

    title = forms.CharField(
        label=gettext_lazy("Title of your talk"),
        max_length=300,
        error_messages={"required": gettext_lazy("Your talk needs a title. A working title will do.")},
    )
    abstract = forms.CharField(
        label=gettext_lazy("What it is about"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("A few sentences. Everyone can read title and text on the meeting’s page."),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        error_messages={"required": gettext_lazy("Give your name; below you choose who sees it.")},
    )
    role = forms.CharField(label=gettext_lazy("Role"), max_length=300, required=False)
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("As of the day of the meeting: it stays so when you move on."),
    )
    biography = forms.CharField(
        label=gettext_lazy("A few words about you"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    link = forms.URLField(label=gettext_lazy("A page about you"), max_length=500, required=False, assume_scheme="https")
    slides_url = forms.URLField(
        label=gettext_lazy("Address of your slides"),
        max_length=1000,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Where they can be read on the web, if they can."),
    )
    name_seen_by = choice(
        gettext_lazy("Who may see your name?"),
        gettext_lazy(
            "With it go your role, organisation, page and the words about you: on pages, in lists, in search."
        ),
    )
    slides_seen_by = choice(gettext_lazy("Who may see your slides?"), "")
    recording_seen_by = choice(
        gettext_lazy("Who may see a recording of your talk?"),
        gettext_lazy("If there is one. Where several people give a talk, it is seen only as far as all of them agree."),
    )
    before = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, speaker: Speaker) -> None:
        talk, slides = speaker.agenda_item, linked_slides(speaker)
        known = {name: getattr(speaker, name) for name in self.base_fields if hasattr(speaker, name)}
        stands = {"title": talk.title, "abstract": talk.description, "before": as_opened(talk)}
        super().__init__(data, initial={**known, **stands, "slides_url": slides.url if slides else ""})
        self.speaker = speaker
        for name in ("link", "slides_url"):
            self.fields[name].validators.append(WEB_ADDRESS)

    @property
    def about_talk(self) -> list[forms.BoundField]:
        return [self["title"], self["abstract"], self["slides_url"]]

    @property
    def about_speaker(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "role", "organisation", "biography", "link")]

    @property
    def choices(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name_seen_by", "slides_seen_by", "recording_seen_by")]

    def said(self) -> Said:
        """What the speaker says; only of a form that is valid."""
        words = {name: said for name, said in self.cleaned_data.items() if name != "before"}
        words |= {name: " ".join(words[name].split()) for name in ("title", "name", "role", "organisation")}
        return Said(**words, before=self._before())

    def _before(self) -> tuple[str, str]:
        """How the talk read when the page was opened; of a page that does not say, as it reads now."""
        try:
            title, abstract = json.loads(self.cleaned_data["before"])
        except ValueError:
            title, abstract = self.initial["title"], self.initial["abstract"]
        return str(title), str(abstract).replace("\r\n", "\n")

    def clean_abstract(self) -> str:
        """With the line ends that everything else here has; browsers send others."""
        text: str = self.cleaned_data["abstract"]
        return text.replace("\r\n", "\n")

    def show_what_stands_now(self) -> None:
        """Say what somebody else wrote meanwhile, beside what was typed; pressing again puts this in its place."""
        talk = AgendaItem.objects.get(pk=self.speaker.agenda_item_id)
        words = _("Somebody changed the talk while you had this page open. It reads now: “%(title)s”. %(abstract)s")
        self.add_error("title", words % {"title": talk.title, "abstract": talk.description})
        self.data = {**{name: self.data[name] for name in self.data}, "before": as_opened(talk)}


def as_opened(talk: AgendaItem) -> str:
    return json.dumps([talk.title, talk.description])
