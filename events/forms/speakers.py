"""What speakers type on their own page."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from cop.lib.files.refusing import Refused, Why
from events.actions.speaking import Said, linked_slides
from events.actions.uploading import clean
from events.models import AgendaItem, GreenRoom, SeenBy, Speaker, Upload
from events.models.green_rooms import LONGEST_BEFORE
from events.models.speakers import WEB_ADDRESS

LARGEST_BYTES = {Upload.Kind.PHOTO: 15_000_000, Upload.Kind.SLIDES: 30_000_000}
WHY_NOT = {
    Why.EMPTY: gettext_lazy("This file is empty. Choose another."),
    Why.TOO_LARGE: gettext_lazy(
        "This file is too large. A photo may have 15 MB, slides 30 MB: make it smaller, or give an address."
    ),
    Why.OTHER_KIND: gettext_lazy("This is another kind of file. A photo has to be a JPEG, PNG or WebP, slides a PDF."),
    Why.OFFICE: gettext_lazy(
        "This is a file of an office program, which says more about you than slides do. Save it as a PDF there, and "
        "choose that."
    ),
    Why.LOCKED: gettext_lazy("This PDF is locked with a password. Save it without one, and choose that."),
    Why.BROKEN: gettext_lazy("We could not read this file. Open it, save it anew, and choose that."),
    Why.BUSY: gettext_lazy("Others are sending files just now. What you typed is kept; send the file in a minute."),
}
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
    photo = forms.FileField(
        label=gettext_lazy("Your photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=gettext_lazy("We keep the picture, and nothing of where and with what it was taken."),
    )
    slides = forms.FileField(
        label=gettext_lazy("Your slides, as a PDF"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text=gettext_lazy("We keep the pages and their links, and nothing of who made the file and with what."),
    )
    no_photo = forms.BooleanField(label=gettext_lazy("Delete my photo"), required=False)
    no_slides = forms.BooleanField(label=gettext_lazy("Delete the slides you keep"), required=False)
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

    def __init__(self, data: Any = None, files: Any = None, *, speaker: Speaker) -> None:
        talk, slides = speaker.agenda_item, linked_slides(speaker)
        known = {name: getattr(speaker, name, "") for name in self.base_fields}
        stands = {"title": talk.title, "abstract": talk.description, "before": as_opened(talk)}
        super().__init__(data, files, initial={**known, **stands, "slides_url": slides.url if slides else ""})
        self.speaker = speaker
        self.kept = {one.kind: one for one in speaker.uploads.all()}
        for name in ("link", "slides_url"):
            self.fields[name].validators.append(WEB_ADDRESS)

    @property
    def about_talk(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "abstract", *self._files("slides"), "slides_url")]

    @property
    def about_speaker(self) -> list[forms.BoundField]:
        return [self[name] for name in (*self._files("photo"), "name", "role", "organisation", "biography", "link")]

    @property
    def choices(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name_seen_by", "slides_seen_by", "recording_seen_by")]

    def said(self) -> Said:
        """What the speaker says; only of a form that is valid."""
        words = {
            name: said
            for name, said in self.cleaned_data.items()
            if name in Said.__dataclass_fields__ and name != "before"
        }
        words |= {name: " ".join(words[name].split()) for name in ("title", "name", "role", "organisation")}
        return Said(**words, before=self._before())

    def _files(self, kind: str) -> tuple[str, ...]:
        return (f"no_{kind}", kind) if kind in self.kept else (kind,)

    def cleaned_files(self) -> dict[str, bytes]:
        """What is kept of the files that came along, by their kind; nothing of one that is to be deleted."""
        said = self.cleaned_data
        gone = {kind: b"" for kind in Upload.Kind.values if said[f"no_{kind}"]}
        return {**gone, **{kind: said[kind] for kind in Upload.Kind.values if said[kind]}}

    def clean_photo(self) -> bytes | None:
        return self._cleaned(Upload.Kind.PHOTO)

    def clean_slides(self) -> bytes | None:
        return self._cleaned(Upload.Kind.SLIDES)

    def _cleaned(self, kind: Upload.Kind) -> bytes | None:
        """By its content: neither its name nor what the browser says it is counts for anything."""
        sent = self.cleaned_data[kind]
        if not sent:
            return None
        try:
            if sent.size > LARGEST_BYTES[kind]:
                raise Refused(Why.TOO_LARGE)
            return clean(kind, sent.read())
        except Refused as refused:
            raise forms.ValidationError(WHY_NOT[refused.why]) from None

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


class GreenRoomForm(forms.ModelForm[GreenRoom]):
    """What the organisers say about the time before a meeting."""

    class Meta:
        model = GreenRoom
        fields = ("minutes", "host_link")
        widgets = {
            "minutes": forms.NumberInput(attrs={"min": 0, "max": LONGEST_BEFORE, "step": 5}),
            "host_link": forms.URLInput(),
        }
        help_texts = {
            "minutes": gettext_lazy("0: they come when everybody does. The next meeting of the series takes it over."),
            "host_link": gettext_lazy(
                "No other page and no letter shows it: speakers have an address of their own that leads there. "
                "Empty: it leads to the video link."
            ),
        }


def as_opened(talk: AgendaItem) -> str:
    return json.dumps([talk.title, talk.description])
