"""The desk's form."""

from collections.abc import Collection
from typing import Any, TypedDict
from uuid import UUID, uuid4

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models import AgendaItem, Meeting
from notes.actions.noting import LONGEST_POINT, Written
from notes.drafting import openings, roster, section_titles
from notes.formats.brought.passages import MOST_PASSAGES
from notes.models.drafts import Note


class PeopleSelect(forms.Select):
    """The roster. Whoever asked not to be noted is there, so that nobody looks for them, and cannot be chosen."""

    unnoted: Collection[str] = ()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if value in self.unnoted and not option["selected"]:
            option["attrs"]["disabled"] = True
        return option


class NoteForm(forms.Form):
    """One item. Its words stay on this page: no spell-checking service, no autocompletion (threats 37 and 55)."""

    text = forms.CharField(
        label=_("What was said"),
        max_length=LONGEST_POINT,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
    )
    agenda_item = forms.ModelChoiceField(
        label=_("Part of the meeting"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("None of these"),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Note.Kind.choices, initial=Note.Kind.POINT, widget=forms.RadioSelect
    )
    contributor = forms.ChoiceField(label=_("Who said it"), required=False, widget=PeopleSelect)
    confidential = forms.BooleanField(label=_("Confidential: left out"), required=False)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    token = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, stands_in: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = self.fields["agenda_item"]
        assert isinstance(parts, forms.ModelChoiceField)  # noqa: S101  # for mypy
        # Where an item stands is a choice also if the part is sealed by now: without it, saving would move it out.
        unnoted = Q(basis=AgendaItem.Basis.CONFIDENTIAL) & ~Q(pk=stands_in)
        parts.queryset = meeting.agenda.exclude(unnoted)
        who, people = self.fields["contributor"], roster(meeting)
        assert isinstance(who, forms.ChoiceField)  # noqa: S101  # for mypy
        who.choices = [
            ("", _("Nobody in particular")),
            *((one.key, self.label_of(one.name, one.do_not_note)) for one in people),
        ]
        assert isinstance(who.widget, PeopleSelect)  # noqa: S101  # for mypy
        who.widget.unnoted = {one.key for one in people if one.do_not_note}

    @staticmethod
    def label_of(name: str, do_not_note: bool) -> str:
        return f"{name} ({_('asked not to be noted')})" if do_not_note else name

    def clean_text(self) -> str:
        """Lines end as they do everywhere but in forms."""
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n")

    def written(self) -> Written:
        """What was typed, once the form is valid."""
        words = self.cleaned_data
        return Written(
            text=words["text"],
            agenda_item=words["agenda_item"],
            contributor=words["contributor"],
            kind=words["kind"],
            confidential=words["confidential"],
            token=words["token"],
        )

    @staticmethod
    def initial_of(note: Note) -> dict[str, Any]:
        """What the form shows of an item as it stands."""
        return {
            "text": note.text,
            "agenda_item": note.agenda_item,
            "kind": note.kind,
            "contributor": note.contributor,
            "confidential": note.confidential,
            "revision": note.revision,
        }


class FileForm(forms.Form):
    """Notes that were written elsewhere."""

    file = forms.FileField(
        label=_("Your notes"),
        help_text=_("Word (.docx), a web page from Google Docs (.html or .zip), or Markdown (.md); up to 10 MB."),
        error_messages={"required": _("Choose a file first."), "empty": _("This file is empty. Choose another.")},
        widget=forms.FileInput(attrs={"accept": ".docx,.html,.htm,.zip,.md,.markdown,.txt"}),
    )


class PointForm(forms.Form):
    """One point of such notes, before it is noted, and where it is to stand."""

    OUT = "out"

    text = forms.CharField(
        label=_("Point"),
        required=False,
        max_length=LONGEST_POINT,
        error_messages={"max_length": _("This is longer than 5,000 characters. Split it into several points.")},
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
    )
    place = forms.ChoiceField(label=_("Where it stands"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)  # noqa: S101  # for mypy
        place.choices = places

    @property
    def is_left_out(self) -> bool:
        return self.cleaned_data.get("place") == self.OUT or not self.cleaned_data.get("text", "x")

    @classmethod
    def places_of(cls, meeting: Meeting) -> list[tuple[str, str]]:
        """Every place a point can stand at. A confidential part is among them, so that a refusal can say why."""
        titles = section_titles(meeting)
        takeaways, actions = openings()
        return [
            ("", str(_("None of these"))),
            *((str(part), title) for part, title in titles.items()),
            (Note.Kind.TAKEAWAY, takeaways),
            (Note.Kind.ACTION, actions),
            (cls.OUT, str(_("Leave it out"))),
        ]


PointFormSet = forms.formset_factory(PointForm, extra=0, max_num=MOST_PASSAGES, absolute_max=MOST_PASSAGES)


class AddedPoint(TypedDict):
    """A point in somebody's own words."""

    text: str
    agenda_item: AgendaItem | None
    token: UUID | None


class OwnPointForm(forms.Form):
    """A point of one's own. No spell-checking service, no autocompletion here either."""

    text = forms.CharField(
        label=_("Your point"),
        max_length=LONGEST_POINT,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
    )
    agenda_item = forms.ModelChoiceField(
        label=_("Part of the meeting"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("None of these"),
    )
    token = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = self.fields["agenda_item"]
        assert isinstance(parts, forms.ModelChoiceField)  # noqa: S101  # for mypy
        parts.queryset = meeting.agenda.exclude(basis=AgendaItem.Basis.CONFIDENTIAL)

    def written(self) -> AddedPoint:
        """What was typed, once the form is valid."""
        words = self.cleaned_data
        text = words["text"].replace("\r\n", "\n")
        return AddedPoint(text=text, agenda_item=words["agenda_item"], token=words["token"])
