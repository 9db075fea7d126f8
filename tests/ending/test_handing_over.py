"""A network moves to a new home: those who say yes are moved, nobody else, and the old copy is erased (B99)."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from cop.ending.handing_over import FILE, handover, note_taken, write_handover
from cop.ending.letters import PURPOSE
from cop.ending.models import Answer, Carried, Certificate, Move, Parcel
from cop.ending.moving import ask_members, call_off
from cop.ending.parcels import ask_for
from cop.ending.site import visit
from cop.ending.taking_over import NotTakenOver, read_handover, take_over
from cop.lib.signing import personal_token
from events.actions.uploading import keep_file
from events.models import Meeting, Speaker, Upload
from events.models.uploads import kept_files
from members.actions.erasing import erase
from members.actions.importing import tell
from members.actions.leaving import leave
from members.actions.ticking import tick
from members.models import Batch, Membership, Network, User
from notes.actions.noting import add_note, open_notebook
from notes.models import Note
from notes.models.editions import Circulation, Edition
from tests.conftest import member_of, person, signed_in
from tests.events.real_files import FOLDER, needs_real_files
from tests.lib.test_files import picture
from tests.post import letters_sent, run_waiting_tasks

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
LAST_DAY = date(2026, 7, 1)


@pytest.fixture
def root() -> User:
    return User.objects.create_superuser("root@site.example", name="Root")


def move_of(network: Network, by: User) -> Move:
    home = {"home_name": "Fjord Forum", "home_link": "https://fjord.example/"}
    return ask_members(network, **home, erase_on=LAST_DAY, by=by, at=NOW)


def say(user: User, word: str) -> str:
    path = f"/p/{personal_token(PURPOSE, Answer.objects.get(membership__user=user).pk)}/move/"
    return Client().post(path, {word: word}, follow=True).content.decode()


def circulated(meeting: Meeting, text: str = "Juries **need** time.<script>x</script>") -> Edition:
    said = [{"title": "Discussion", "lines": [{"text": text, "attribution": "A council"}]}]
    edition = Edition.objects.create(
        meeting=meeting, number=3, title="Notes", content=said, made_on=NOW.date(), html="<script>alert(1)</script>"
    )
    Circulation.objects.create(edition=edition, circulated_at=NOW)
    return edition


def people_of(network: Network) -> list[str]:
    people = handover(network)["people"]
    assert isinstance(people, list)
    return [one["email"] for one in people]


def test_everybody_is_asked_once_and_opening_the_link_says_nothing(
    network: Network, olive: User, mira: User, noor: User, stan: User
) -> None:
    member_of(network, stan, state="left")
    Network.objects.update(rested_at=NOW)
    network.refresh_from_db()
    move_of(network, olive)
    letters = {letter.to[0]: str(letter.body) for letter in letters_sent()}
    assert set(letters) == {olive.email, mira.email, noor.email}
    path = next(word for word in letters[mira.email].split() if "/move/" in word).split("/", 3)[3]
    page = Client().get(f"/{path}")
    assert "I agree that Public voices gives my name" in page.content.decode()
    assert Answer.objects.get(membership__user=mira).agrees is None
    assert people_of(network) == []


def test_those_who_say_yes_are_in_the_file_until_they_say_no(
    network: Network, olive: User, mira: User, noor: User
) -> None:
    move_of(network, olive)
    assert "You have said yes." in say(mira, "yes")
    assert "You have said no" in say(noor, "no")
    people = handover(network)["people"]
    assert isinstance(people, list)
    (mine,) = people
    given = Answer.objects.get(membership__user=mira)
    assert mine["agreed"] == {"wording": given.wording, "at": given.answered_at and given.answered_at.isoformat()}
    assert mine["email"] == mira.email
    say(mira, "no")
    assert people_of(network) == []
    say(mira, "yes")
    Membership.objects.filter(user=mira).update(state="left")
    assert people_of(network) == []
    assert Client().get(f"/p/{personal_token(PURPOSE, given.pk)}/move/").status_code == 404


def test_the_file_holds_what_members_may_see_and_nothing_of_who_came(
    network: Network, meeting: Meeting, olive: User, mira: User
) -> None:
    add = meeting.materials.create
    add(kind="link", title="For members", url="https://files.example/members", visibility="members")
    add(kind="link", title="For nobody", url="https://files.example/nobody", visibility="nobody")
    Meeting.objects.filter(pk=meeting.pk).update(body="Text with https://files.example/nobody in it.")
    meeting.registrations.create(user=mira, name=mira.name)
    add_note(open_notebook(meeting), text="A draft that nobody circulated.")
    circulated(meeting)
    move_of(network, olive)
    packed = io.BytesIO()
    assert write_handover(network, packed) == 1
    with zipfile.ZipFile(packed) as whole:
        said = whole.read(FILE).decode()
    assert "files.example/members" in said
    assert "Juries **need** time." in said
    for hidden in ("files.example/nobody", "secret-room", "Mira", "mira@", "olive@", "nobody circulated", "alert(1)"):
        assert hidden not in said


@pytest.mark.usefixtures("olive", "noor")
def test_a_new_home_takes_over_and_each_becomes_a_member_by_their_own_press(
    network: Network, meeting: Meeting, mira: User, root: User, tmp_path: Path
) -> None:
    Speaker.objects.update(name_seen_by="public")
    circulated(meeting)
    move_of(network, root)
    say(mira, "yes")
    letters_sent()
    with (tmp_path / "file.zip").open("wb") as file:
        write_handover(network, file)
    out = io.StringIO()
    call_command("import_handover", tmp_path / "file.zip", organiser=root.email, slug="new-voices", stdout=out)
    assert out.getvalue() == "Public voices: 1 meetings, 1 people to tell from the panel.\n"
    there = Network.objects.get(slug="new-voices")
    mine = Membership.objects.get(network=there, user=mira)
    assert mine.state == Membership.State.BROUGHT
    assert Carried.objects.get(membership=mine).wording.startswith("I agree that Public voices gives my name")
    assert set(there.memberships.values_list("user__email", flat=True)) == {mira.email, root.email}
    # The notes are made anew of their words: a file can say anything.
    edition = Edition.objects.get(meeting__network=there)
    assert (edition.number, edition.content) == (3, Edition.objects.get(meeting=meeting).content)
    assert "<script" not in edition.html
    assert "<strong>need</strong>" in edition.html
    # Nobody was written to; the organiser tells them, and they agree by themselves.
    assert letters_sent() == []
    assert tell(Batch.objects.get(network=there), by=root) == 1
    (letter,) = letters_sent()
    link = next(word for word in str(letter.body).split() if "/agree/" in word).split("/", 3)[3]
    Client().post(f"/{link}", {"agree": "yes"})
    mine.refresh_from_db()
    assert mine.state == Membership.State.ACTIVE
    assert "Juries" in signed_in(mira).get(edition.get_absolute_url()).content.decode()


@pytest.mark.usefixtures("files_in_memory")
def test_files_that_speakers_gave_move_along_and_are_written_anew(
    network: Network, meeting: Meeting, root: User
) -> None:
    speaker = Speaker.objects.get()
    Speaker.objects.update(name_seen_by="members", slides_seen_by="nobody")
    keep_file(speaker, "photo", picture("JPEG"))
    keep_file(speaker, "slides", b"not for members")
    there = take_over(json.loads(json.dumps(handover(network))), organiser=root, slug="there")
    (upload,) = Upload.objects.filter(speaker__agenda_item__meeting__network=there)
    assert (upload.kind, upload.speaker.name) == ("photo", "Tove Berg")
    with kept_files().open(upload.stored_as, "rb") as file:
        assert file.read()[:3] == b"\xff\xd8\xff"
    broken = json.loads(json.dumps(handover(network)))
    broken["meetings"][0]["agenda"][0]["speakers"][0]["files"][0]["content"] = "PHNjcmlwdD4="
    with pytest.raises(NotTakenOver, match="missing or damaged"):
        take_over(broken, organiser=root, slug="elsewhere")


@needs_real_files
def test_all_real_meetings_survive_archive_and_hand_over(network: Network, root: User) -> None:
    """Import, archive, hand-over, import again, archive again: the pages of both are the same."""
    call_command("import_events", FOLDER, network=network.slug, stdout=io.StringIO())
    packed = io.BytesIO()
    write_handover(network, packed)
    there = take_over(read_handover(packed), organiser=root, slug="there")
    again = handover(there)
    first = handover(network)
    for said in (first, again):
        said.pop("network")
        for one in said["meetings"]:  # type: ignore[attr-defined]  # a list
            one.pop("calendar_uid")
    assert again == first
    assert Meeting.objects.of(there).filter(series__isnull=False).count() == 17
    assert len(first["meetings"]) == 85  # type: ignore[arg-type]  # a list
    pages, copies = visit(network).pages, visit(there).pages
    assert {path.replace("/voices/", "/there/") for path in pages} == set(copies)
    numbered = Meeting.objects.of(network).filter(series__isnull=False)
    for path in numbered.values_list("slug", flat=True):
        old = pages[f"/voices/meetings/{path}/"]
        assert copies[f"/there/meetings/{path}/"] == old.replace("/voices/", "/there/")


@pytest.mark.usefixtures("olive", "otto")
def test_the_old_copy_is_erased_on_its_day_and_a_certificate_stays(
    network: Network, meeting: Meeting, other_network: Network, mira: User, root: User
) -> None:
    member_of(other_network, mira)
    guest = person("once@lake.example", "Once")
    member_of(network, guest, state="left")
    add_note(open_notebook(meeting), text="A draft.", contributor="")
    circulated(meeting)
    meeting.registrations.create(user=mira, name=mira.name)
    move = move_of(network, root)
    say(mira, "yes")
    late = NOW.replace(month=7, day=2)
    with time_machine.travel(late):
        # Not before the file has been taken along.
        tick(late)
        assert Network.objects.filter(pk=network.pk).exists()
        Move.objects.update(taken_at=NOW)
        tick(late - timedelta(days=2))
        assert Network.objects.filter(pk=network.pk).exists()
        tick(late)
        tick(late)
    assert not Network.objects.filter(pk=network.pk).exists()
    assert (Meeting.objects.count(), Edition.objects.count(), Note.objects.count()) == (0, 0, 0)
    assert set(User.objects.values_list("email", flat=True)) == {mira.email, "otto@museum.example", root.email}
    certificate = Certificate.objects.get()
    assert (certificate.network_name, certificate.home_name, certificate.erased_on) == (
        "Public voices", move.home_name, date(2026, 7, 2)
    )  # fmt: skip
    assert certificate.counts == {"meetings": 1, "registrations": 1, "editions": 1, "memberships": 3, "moved": 1}
    page = signed_in(root).get(f"/admin/ending/certificate/{certificate.pk}/change/").content.decode()
    assert "1 meetings, 1 registrations, 1 circulated notes, 3 memberships, 1 of them moved." in page
    assert "Mira" not in page


@pytest.mark.usefixtures("meeting", "olive")
def test_erasing_the_old_copy_leaves_those_who_speak_elsewhere(
    network: Network, other_network: Network, mira: User, noor: User, root: User
) -> None:
    """What somebody gave for a talk in another network is nothing of this one's."""
    Speaker.objects.update(user=network.memberships.get(role="owner").user)
    there = meeting_of(other_network)
    for told in ({"user": mira}, {"email": noor.email.upper()}):
        Speaker.objects.create(agenda_item=there.agenda.create(title="Talk"), name="X", biography="Rows.", **told)
    move_of(network, root)
    Move.objects.update(taken_at=NOW)
    late = NOW.replace(month=7, day=2)
    with time_machine.travel(late):
        tick(late)
    assert set(User.objects.values_list("email", flat=True)) == {mira.email, noor.email, root.email}
    assert list(Speaker.objects.values_list("biography", flat=True)) == ["Rows.", "Rows."]


def meeting_of(network: Network) -> Meeting:
    times = {"starts_at": NOW, "ends_at": NOW + timedelta(hours=1)}
    return Meeting.objects.create(network=network, title="Elsewhere", slug="elsewhere", state="published", **times)


def test_an_organiser_asks_packs_and_calls_off(network: Network, meeting: Meeting, olive: User, mira: User) -> None:
    client, path = signed_in(olive), "/admin/ending/move/add/"
    today = timezone.localdate()
    said = {"network": network.pk, "home_name": "Forum", "home_link": "https://forum.example/"}
    soon = client.post(path, {**said, "erase_on": today + timedelta(days=13)})
    assert soon.status_code == 422
    assert "Leave people at least two weeks to answer." in soon.content.decode()
    said["erase_on"] = str(today + timedelta(days=14))
    shown = client.post(path, said).content.decode()
    assert "Write to 2 people" in " ".join(shown.split())
    assert Move.objects.count() == 0
    page = client.post(path, {**said, "sure": "yes"}, follow=True).content.decode()
    assert "have not answered" in page
    move = Move.objects.get()
    client.post(path, {**said, "sure": "yes"})
    assert Move.objects.count() == 1
    client.post(f"/admin/ending/move/{move.pk}/act/pack/")
    run_waiting_tasks()
    parcel = Parcel.objects.get()
    assert parcel.name.startswith("voices-hand-over-")
    download = f"/admin/ending/parcel/{parcel.pk}/download/"
    assert client.get(download).status_code == 405
    assert Move.objects.get().taken_at is None
    answer = client.post(download)
    assert read_handover(io.BytesIO(b"".join(answer.streaming_content)))["version"] == 1  # type: ignore[attr-defined]  # streamed
    move.refresh_from_db()
    assert move.taken_at is not None
    client.post(f"/admin/ending/move/{move.pk}/act/call-off/")
    assert (Move.objects.count(), Answer.objects.count()) == (0, 0)


def packed_for(network: Network, by: User, at: datetime) -> Parcel:
    with time_machine.travel(at):
        parcel = ask_for(network, Parcel.Kind.HANDOVER, by=by)
        run_waiting_tasks()
    return Parcel.objects.get(pk=parcel.pk)


def test_only_a_file_with_all_answers_of_this_move_lets_the_copy_be_erased(
    network: Network, olive: User, mira: User
) -> None:
    """A file of an earlier move holds nobody's yes; nor does one taken along before somebody answered."""
    earlier = packed_for(network, olive, NOW - timedelta(days=1))
    move_of(network, olive)
    note_taken(earlier)
    assert Move.objects.filter(taken_at=None).exists()
    note_taken(packed_for(network, olive, NOW + timedelta(days=1)))
    assert not Move.objects.filter(taken_at=None).exists()
    assert "You have said yes." in say(mira, "yes")
    late = NOW.replace(month=7, day=2)
    with time_machine.travel(late):
        tick(late)
    assert Network.objects.filter(pk=network.pk).exists()


@pytest.mark.usefixtures("olive", "noor")
def test_a_packed_file_does_not_outlive_what_it_holds(
    network: Network, other_network: Network, meeting: Meeting, mira: User, root: User
) -> None:
    """It goes with a later no, with leaving, with erasure, also of a speaker, and with the move."""
    move = move_of(network, root)
    elsewhere = packed_for(other_network, root, NOW)
    Speaker.objects.update(email="tove@fjord.example")
    leaver = Membership.objects.get(user__email="noor@commons.example")
    ends: dict[str, Callable[[], object]] = {
        "no": lambda: say(mira, "no"),
        "left": lambda: leave(leaver),
        "speaker erased": lambda: erase("tove@fjord.example", at=NOW),
        "erased": lambda: erase(mira.email, at=NOW),
        "called off": lambda: call_off(move),
    }
    say(mira, "yes")
    for end in ends.values():
        kept = packed_for(network, root, NOW)
        assert kept.state == Parcel.State.READY
        end()
        assert list(Parcel.objects.all()) == [elsewhere]


def test_other_networks_are_nobodys_to_hand_over(network: Network, olive: User, otto: User) -> None:
    move = move_of(network, olive)
    client = signed_in(otto)
    assert client.get(f"/admin/ending/move/{move.pk}/change/").status_code == 404
    assert client.post(f"/admin/ending/move/{move.pk}/act/call-off/").status_code == 404
    assert Move.objects.count() == 1


def zipped(said: object, name: str = FILE) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr(name, said if isinstance(said, str) else json.dumps(said))
    return made


def test_what_is_no_hand_over_is_refused_and_leaves_nothing(
    network: Network, meeting: Meeting, root: User, tmp_path: Path
) -> None:
    for file in (io.BytesIO(b"no zip"), zipped({}, "other.json"), zipped("{"), zipped([]), zipped({"format": "x"})):
        with pytest.raises(NotTakenOver, match="no hand-over file"):
            read_handover(file)
    whole = json.loads(json.dumps(handover(network)))
    with pytest.raises(NotTakenOver, match="another version"):
        read_handover(zipped({**whole, "version": 2}))
    with pytest.raises(NotTakenOver, match="already"):
        take_over(whole, organiser=root)
    broken = json.loads(json.dumps(whole))
    broken["meetings"][0]["starts_at"] = "whenever"
    for damaged in (broken, {**whole, "meetings": [{}]}, {**whole, "people": [{"email": "x"}]}, {**whole, "series": 3}):
        with pytest.raises(NotTakenOver, match="missing or damaged"):
            take_over(damaged, organiser=root, slug="there")
    assert list(Network.objects.all()) == [network]
    with pytest.raises(CommandError, match="Nobody has an account"):
        call_command("import_handover", tmp_path / "x.zip", organiser="nobody@x.example")
    with pytest.raises(CommandError):
        call_command("import_handover", tmp_path / "x.zip", organiser=root.email)
