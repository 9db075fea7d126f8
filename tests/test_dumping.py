"""`manage.py dumpdata` writes nothing in clear that the database holds unreadable (threat 53)."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from cop.lib import encryption
from cop.management.commands.dumpdata import DRAFTS, UNWRITTEN
from events.models import Introduction, Survey
from members.models import Network, User

HIDDEN = {*DRAFTS, *(apps.get_model(label) for label in UNWRITTEN)}


def test_t53_every_model_with_something_unreadable_is_left_out() -> None:
    found = {
        model
        for model in apps.get_models()
        if any(type(field).__module__ == encryption.__name__ for field in model._meta.get_fields())
    }
    assert {"Note", "Survey", "Introduction", "Question", "Passkey"} <= {model.__name__ for model in found}
    assert found - HIDDEN == set()


def test_nothing_that_is_written_hangs_on_what_is_left_out() -> None:
    """A fixture with such a row could not be loaded."""
    pointing = {
        (model.__name__, field.related_model.__name__)
        for model in set(apps.get_models()) - HIDDEN
        for field in model._meta.concrete_fields
        if field.many_to_one or field.one_to_one
        if field.related_model in HIDDEN and not field.null
    }
    assert pointing == set()


@pytest.mark.django_db
def test_t53_surveys_and_introductions_are_not_dumped(network: Network, mira: User, olive: User) -> None:
    Survey.objects.create(network=network, title="How was it?", box="quokka")
    asked = {"asker": mira, "asked": olive, "asked_on": timezone.localdate(), "answer": 0}
    Introduction.objects.create(network=network, words="wombat", **asked)
    out = StringIO()
    call_command("dumpdata", "events", "members", stdout=out)
    assert "members.network" in out.getvalue()
    for word in ("quokka", "wombat", "events.survey", "events.introduction"):
        assert word not in out.getvalue()
