"""The desk's form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import AgendaItem, Meeting
from notes.actions.noting import Written
from notes.drafting import roster
from notes.models.drafts import Note


class NoteForm(forms.Form):
    """One item. Its words stay on this page: no spell-checking service, no autocompletion (threats 37 and 55)."""

    text = forms.CharField(
        label=_("What was said"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
    )
    agenda_item = forms.ModelChoiceField(
        label=_("Part of the meeting"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("None of these"),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Note.Kind.choices)
    contributor = forms.ChoiceField(label=_("Who said it"), required=False)
    confidential = forms.BooleanField(label=_("Confidential: leave it out altogether"), required=False)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = self.fields["agenda_item"]
        assert isinstance(parts, forms.ModelChoiceField)  # noqa: S101  # for mypy
        parts.queryset = meeting.agenda.exclude(basis=AgendaItem.Basis.CONFIDENTIAL)
        who = self.fields["contributor"]
        assert isinstance(who, forms.ChoiceField)  # noqa: S101  # for mypy
        who.choices = [
            ("", _("Nobody in particular")),
            *((one.key, self.label_of(one.name, one.do_not_note)) for one in roster(meeting)),
        ]

    @staticmethod
    def label_of(name: str, do_not_note: bool) -> str:
        return f"{name} ({_('asked not to be noted')})" if do_not_note else name

    def written(self) -> Written:
        """What was typed, once the form is valid."""
        words = self.cleaned_data
        return Written(
            text=words["text"],
            agenda_item=words["agenda_item"],
            contributor=words["contributor"],
            kind=words["kind"],
            confidential=words["confidential"],
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
