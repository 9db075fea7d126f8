"""What is searched is what can be read now: it changes with it, and is gone with it (R9, R10, R11)."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from cop.search.indexing import bring_up_to_date, index_missing, rebuild
from cop.search.models import Passage
from events.models import AgendaItem, Material, Meeting, Speaker, Topic
from members.models import User
from members.signals import ticked
from notes.models import Edition
from tests.conftest import signed_in
from tests.notes.test_forgetting import whole_database
from tests.search.conftest import POINT, edition_of, found, material, titled

pytestmark = pytest.mark.django_db
HERE = ["Juries and panels"]


def kept() -> list[tuple[str, str, str, str, str]]:
    """Everything the index holds once it is up to date, whatever its rows are called."""
    index_missing()
    columns = ("kind", "heading", "byline", "text", "words")
    return sorted(Passage.objects.values_list(*columns))


class TestWhatIsWritten:
    def test_is_found_at_once_and_what_was_taken_back_is_not(self, client: Client, meeting: Meeting) -> None:
        assert found(client, "berg") == HERE
        speaker = Speaker.objects.get()
        speaker.name = "Ida Holm"
        speaker.save()
        assert (found(client, "berg"), found(client, "holm")) == ([], HERE)
        speaker.delete()
        assert found(client, "holm") == []
        item = AgendaItem.objects.create(meeting=meeting, title="Quinces")
        Speaker.objects.create(agenda_item=item, name="Ulf Lind", name_seen_by="public")
        assert (found(client, "quinces"), found(client, "lind")) == (HERE, HERE)
        AgendaItem.objects.filter(pk=item.pk).delete()
        assert (found(client, "quinces"), found(client, "lind")) == ([], [])
        one = material(meeting, "Apricots", "public")
        assert found(client, "apricots") == HERE
        one.delete()
        assert found(client, "apricots") == []
        meeting.delete()
        assert found(client, "juries") == []
        assert kept() == []

    def test_of_topics_is_found_whichever_end_it_was_chosen_from(self, client: Client, meeting: Meeting) -> None:
        topic = Topic.objects.create(network=meeting.network, name="Medlars", slug="medlars")
        meeting.topics.add(topic)
        assert found(client, "medlars") == HERE
        topic.name = "Damsons"
        topic.save()
        assert (found(client, "medlars"), found(client, "damsons")) == ([], HERE)
        meeting.topics.clear()
        assert found(client, "damsons") == []
        topic.meetings.add(meeting)
        assert found(client, "damsons") == HERE
        topic.delete()
        assert found(client, "damsons") == []

    def test_is_not_found_where_it_was_never_committed(self, client: Client, meeting: Meeting) -> None:
        with transaction.atomic():
            meeting.theme = "Quinces"
            meeting.save()
            assert found(client, "quinces") == ["Quinces"]
            transaction.set_rollback(True)
        assert (found(client, "quinces"), found(client, "juries")) == ([], HERE)

    def test_of_a_network_goes_with_it(self, meeting: Meeting) -> None:
        edition_of(meeting, POINT)
        meeting.topics.add(Topic.objects.create(network=meeting.network, name="Medlars", slug="medlars"))
        material(meeting, "Apricots", "public")
        meeting.network.delete()
        assert kept() == []


class TestTheIndex:
    def test_holds_nothing_of_drafts_nor_of_materials_for_nobody(self, meeting: Meeting) -> None:
        """Threat 30, B45."""
        titled(meeting, 5, "Draft turnips", state="draft")
        hidden = material(meeting, "Cherries", "members")
        assert any("Cherries" in row for row in kept())
        hidden.visibility = "nobody"
        hidden.save()
        edition_of(meeting, "Walnuts.", is_circulated=False)
        assert not any(word in str(kept()) for word in ("turnip", "herries", "alnuts"))
        meeting.state = "draft"
        meeting.save()
        assert kept() == []

    def test_is_the_same_when_it_is_rebuilt(self, meeting: Meeting, capsys: pytest.CaptureFixture[str]) -> None:
        edition_of(meeting, POINT)
        material(meeting, "Apricots", "members")
        titled(meeting, 5, "Turnips")
        before = kept()
        for _time in range(2):
            call_command("rebuild_search")
            assert kept() == before
        assert capsys.readouterr().out == "6 passages can be found.\n" * 2

    def test_is_made_where_it_is_missing_as_after_an_upgrade(
        self, client: Client, meeting: Meeting, mira: User
    ) -> None:
        edition_of(meeting, POINT)
        before = kept()
        Passage.objects.all().delete()
        for _time in range(2):
            ticked.send(sender=None, now=timezone.now())
            assert Passage.objects.count() == len(before)
            assert kept() == before
        assert found(signed_in(mira), "afternoons berg") == HERE

    def test_of_notes_alone_still_shows_its_meeting(self, meeting: Meeting, mira: User) -> None:
        """Between an upgrade and the next minute."""
        edition_of(meeting, POINT)
        Passage.objects.filter(edition=None).delete()
        assert found(signed_in(mira), "afternoons") == HERE

    def test_forgets_an_edition_with_the_edition(self, meeting: Meeting, mira: User) -> None:
        """R9, R10: the database takes both away together, whoever deletes."""
        edition = edition_of(meeting, "Walnuts.")
        assert found(signed_in(mira), "walnuts") == HERE
        edition.delete()
        edition_of(meeting, "Hazelnuts.", number=2)
        assert (found(signed_in(mira), "walnuts"), found(signed_in(mira), "hazelnuts")) == ([], HERE)
        assert [row[3] for row in kept() if row[0] == "notes"] == ["Discussion\nHazelnuts."]

    def test_takes_in_what_members_may_read_and_no_public_write_up(self, meeting: Meeting) -> None:
        edition = edition_of(meeting, "Walnuts.", is_circulated=False)
        Edition.objects.filter(pk=edition.pk).delete()
        assert "alnuts" not in str(kept())


@pytest.mark.django_db(transaction=True)
def test_no_word_of_a_deleted_edition_is_left_in_the_database(meeting: Meeting, mira: User) -> None:
    """R11: neither in the index nor in the space it had."""
    edition = edition_of(meeting, *[f"Quirogaximena said so, {number} times." for number in range(200)])
    material(meeting, "Slides of Wilkzofia", "members")
    assert found(signed_in(mira), "quirogaximena") == HERE
    before = whole_database()
    assert b"uirogaximena" in before
    assert b"wilkzofia" in before
    edition.delete()
    Material.objects.all().delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert Path(connection.settings_dict["NAME"]).stat().st_size > len(POINT)
    after = whole_database().lower()
    assert b"juries" in after
    assert b"uirogaximena" not in after
    assert b"wilkzofia" not in after


@pytest.mark.django_db(transaction=True)
def test_what_several_write_at_once_is_all_found(meeting: Meeting) -> None:
    """Also where somebody searches between a change and its end: what they make anew is not what was before."""

    def write(number: int) -> None:
        try:
            with transaction.atomic():
                AgendaItem.objects.create(meeting=meeting, title=f"Part {number}")
            bring_up_to_date(meeting.network)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(write, range(8)))
    written = kept()
    assert len(written) == 11
    rebuild()
    assert kept() == written


def test_rebuild_takes_out_what_is_no_longer_there(meeting: Meeting) -> None:
    before = kept()
    Passage.objects.create(meeting=meeting, kind="talk", words=" left over ")
    assert rebuild() == len(before)
    assert kept() == before
