"""Who speaks on what, and which films, slides and write-ups a page has: found where clear, else left in the text."""

import pytest

from events.formats.jekyll import (
    Document,
    DocumentKind,
    EventFile,
    Presenter,
    Recording,
    Talk,
    body_for_page,
    read_text,
)

NAME = "2031-05-14-river-forum.md"
WREN = Presenter(name="Wren Alder")
DOC = "https://docs.google.com/document/d/1a-b_c/edit?usp=sharing"


def page(body: str) -> EventFile:
    return read_text(NAME, f"---\ntitle: T\ndate: 2031-05-14\n---\n{body}")


def listed(item: str, *, above: str = "Our speakers were:") -> list[Talk]:
    return list(page(f"{above}\n* {item}\n").talks)


def presenters(item: str, *, above: str = "Our speakers were:") -> list[Presenter]:
    return [presenter for talk in listed(item, above=above) for presenter in talk.presenters]


@pytest.mark.parametrize(
    ("item", "role", "organisation"),
    [
        ("Wren Alder", "", ""),
        ("**Wren Alder**, Director, [Fen Trust](https://fen.example/)", "Director", "Fen Trust"),
        ("**Wren Alder**, Analyst & Mapper, Fen Office of Maps.", "Analyst & Mapper", "Fen Office of Maps"),
        ("Wren Alder, Head of Maps at the Fen Trust", "Head of Maps", "Fen Trust"),
        ("Wren Alder, Maps, Tides and Floods Manager at Fen Trust", "Maps, Tides and Floods Manager", "Fen Trust"),
        (
            "Wren Alder, Researcher, Department for Rivers, Lakes and Seas",
            "Researcher",
            "Department for Rivers, Lakes and Seas",
        ),
        ("Wren Alder, Adviser: Maps, and Tides, Fen Council", "Adviser: Maps, and Tides", "Fen Council"),
        ("Wren Alder, [Fen Trust](https://fen.example/)", "", "Fen Trust"),
        (
            "Wren Alder, [Fen Trust](https://fen.example/) Patient Involvement Lead",
            "Patient Involvement Lead",
            "Fen Trust",
        ),
        ("Wren Alder, Head of [Fen Maps](https://fen.example/)", "Head", "Fen Maps"),
        ("Wren Alder, from [Fen Trust](https://fen.example/)", "", "Fen Trust"),
        ("Wren Alder, Fen Institute", "", "Fen Institute"),
        ("Wren Alder, MP for Fen East", "MP for Fen East", ""),
        ("Wren Alder: Fen Trust", "", "Fen Trust"),
        ("Wren Alder (Fen Council)", "", "Fen Council"),
        ("Wren Alder, TBC", "", ""),
        ("[Wren Alder, Fenny]()", "", "Fenny"),
        ("Wren Alder (she/her), Senior Lecturer in Fens, Fen College", "Senior Lecturer in Fens", "Fen College"),
        ("Wren Alder from the Fen Trust will talk about tides", "", "Fen Trust"),
        ("Wren Alder, Mapper at Fen Trust, shared a map", "", ""),
        ("Wren Alder (chair), Fen Trust", "chair", "Fen Trust"),
        ("Chair: [Wren Alder](), Fen Trust", "Chair", "Fen Trust"),
        ("Chair: Wren Alder, Director, Fen Trust", "Director", "Fen Trust"),
        ("Wren Alder - Mapper @ Fen Trust", "Mapper", "Fen Trust"),
        ("Wren Alder, Professor, School of Fens at the Fen College", "Professor", "School of Fens at the Fen College"),
        ("Wren Alder, writes for [Fen Times](https://fen.example/) weekly", "writes", "Fen Times weekly"),
        ("Wren Alder, proud owner [of fens](https://fen.example/)", "proud owner of fens", ""),
        ("Wren Alder, Mapper. Known for Maps", "", ""),
        (f"Wren Alder, {'very ' * 60}proud", "", ""),
        (
            "Wren Alder, Postdoc at The [School of Fens, Fen University](https://fen.example/)",
            "Postdoc",
            "The School of Fens, Fen University",
        ),
    ],
)
def test_a_speaker_has_role_and_organisation_as_written(item: str, role: str, organisation: str) -> None:
    assert presenters(item) == [Presenter(name="Wren Alder", role=role, organisation=organisation)]


@pytest.mark.parametrize(
    ("item", "people"),
    [
        (
            "Wren Alder, Delivery Lead, and Rudd Marsh, Lead Mapper, Fen Council",
            [("Wren Alder", "Delivery Lead", "Fen Council"), ("Rudd Marsh", "Lead Mapper", "Fen Council")],
        ),
        (
            "**Wren Alder**, Lead and **Rudd Marsh**,Lead – Maps and Tides from Fentide",
            [("Wren Alder", "Lead", "Fentide"), ("Rudd Marsh", "Lead – Maps and Tides", "Fentide")],
        ),
        (
            "Wren Alder, Head of Tides and Impact; and Rudd Marsh, Regulator; at Office for Tides, on tides",
            [
                ("Wren Alder", "Head of Tides and Impact", "Office for Tides"),
                ("Rudd Marsh", "Regulator", "Office for Tides"),
            ],
        ),
        ("Wren Alder, Lead @ Fenny; Rudd Marsh, Fenny", [("Wren Alder", "Lead", "Fenny"), ("Rudd Marsh", "", "Fenny")]),
        ("Wren Alder and Rudd Marsh, Fen Trust", [("Wren Alder", "", "Fen Trust"), ("Rudd Marsh", "", "Fen Trust")]),
    ],
)
def test_speakers_of_one_talk_share_what_is_said_once(item: str, people: list[tuple[str, str, str]]) -> None:
    assert presenters(item) == [Presenter(name=name, role=role, organisation=body) for name, role, body in people]


def test_speakers_come_from_the_organisation_named_above_the_list() -> None:
    found = presenters(
        "[Wren Alder](https://fen.example/w), Mapper",
        above="We were joined by speakers from [Fen Trust](https://fen.example/):",
    )
    assert found == [Presenter(name="Wren Alder", role="Mapper", organisation="Fen Trust", url="https://fen.example/w")]


@pytest.mark.parametrize(
    ("item", "title", "about", "url"),
    [
        ("Wren Alder, Fen Trust, on how rivers listen", "", "how rivers listen", ""),
        ("Wren Alder, Fen Trust, on ‘How rivers listen’", "How rivers listen", "", ""),
        (
            "Wren Alder, Mapper at [Fen Trust](https://fen.example/) on 'how rivers’ edges listen'.",
            "how rivers’ edges listen",
            "",
            "",
        ),
        ("Wren Alder on [How rivers listen](https://fen.example/a)", "How rivers listen", "", "https://fen.example/a"),
        (
            "Wren Alder, on the [river](https://fen.example/b) atlas, plus Q&A",
            "",
            "the river atlas, plus Q&A",
            "https://fen.example/b",
        ),
        (
            "Wren Alder, Mapper at [Fen](https://fen.example/) about their [atlas](https://fen.example/c) work",
            "",
            "their atlas work",
            "https://fen.example/c",
        ),
        ("Wren Alder, Fen Trust: “Rivers”", "Rivers", "", ""),
        ("Wren Alder, Fen Trust", "", "", ""),
        ("Wren Alder, who spoke about rivers", "", "rivers", ""),
        ("Wren Alder, from the Fen Trust, will be speaking on rivers", "", "rivers", ""),
    ],
)
def test_a_talk_has_a_title_only_where_one_is_set_apart(item: str, title: str, about: str, url: str) -> None:
    (talk,) = listed(item)
    assert [presenter.name for presenter in talk.presenters] == ["Wren Alder"]
    assert (talk.title, talk.about, talk.url, talk.line) == (title, about, url, 6)


def test_nested_lists_gather_talks() -> None:
    event_file = page(
        "On 14 May we heard from:\n\n"
        "* Dr. Wren Alder, Fen Trust\n"
        "* Several school projects:\n"
        "    * Rudd Marsh, Fen School\n"
        "    * Edda Quill, Fen Academy\n"
        "\nThat was all:\n* Nell Finch, Nowhere\n"
    )
    assert [(talk.line, talk.presenters[0].name) for talk in event_file.talks] == [
        (7, "Dr. Wren Alder"),
        (9, "Rudd Marsh"),
        (10, "Edda Quill"),
    ]
    assert event_file.oddities == ()


@pytest.mark.parametrize(
    "above", ["## Speakers", "**Panellists:**", "Speakers will include:", "Our confirmed speaker was"]
)
def test_a_list_of_speakers_is_known_by_the_line_above(above: str) -> None:
    assert presenters("Wren Alder", above=above) == [WREN]


def test_one_speaker_may_stand_on_a_line_of_their_own() -> None:
    (talk,) = page("**Speaker:** Wren Alder, Fen Trust, on how rivers listen\n").talks
    assert talk.presenters == (Presenter(name="Wren Alder", organisation="Fen Trust"),)
    assert talk.about == "how rivers listen"


@pytest.mark.parametrize(
    "above", ["This will explore:", "Panellists will dive into topics such as:", "- The speakers were:"]
)
def test_other_lists_are_no_lists_of_speakers(above: str) -> None:
    event_file = page(f"{above}\n* reducing manual work\n* Open Data in Towns\n")
    assert event_file.talks == ()
    assert event_file.oddities == ()


def test_entries_that_are_not_clear_are_left_in_the_text_and_reported() -> None:
    event_file = page(
        "Our speakers were:\n1. Wren Alder\n2. The chair will be Rudd Marsh of Fen Trust\n3. Fen Institute\n"
    )
    assert [talk.presenters for talk in event_file.talks] == [(WREN,)]
    assert [(oddity.line, oddity.sentence) for oddity in event_file.oddities] == [
        (7, "This entry of a list of speakers is left in the text."),
        (8, "This entry of a list of speakers is left in the text."),
    ]


def test_recordings_carry_who_speaks_and_how_long() -> None:
    event_file = page(
        "> 📹 Presentation by Wren Alder and Rudd Marsh [(on YouTube, 17mins)](https://youtu.be/AbC-1)\n"
        "A [recording of the session is available on YouTube here](https://www.youtube.com/watch?v=XyZ_2&t=3).\n"
        '<iframe src="https://www.youtube.com/embed/XyZ_2?si=1"></iframe>\n'
        '<iframe src="https://player.vimeo.com/video/77"></iframe>\n'
        "Others have [said so before](https://www.youtube.com/watch?v=NotOurs).\n"
    )
    assert event_file.recordings == (
        Recording(
            title="Presentation by Wren Alder and Rudd Marsh",
            url="https://youtu.be/AbC-1",
            presenters=("Wren Alder", "Rudd Marsh"),
            minutes=17,
            line=5,
        ),
        Recording(title="Recording of the session", url="https://www.youtube.com/watch?v=XyZ_2&t=3", line=6),
        Recording(title="Recording", url="https://vimeo.com/77", line=8),
    )


def test_a_write_up_that_anybody_can_open_is_for_members_only() -> None:
    event_file = page(
        f"> The [write up of this session is now available]({DOC}).\n"
        "You can [read a write-up on the Fen site here](https://fen.example/write-up).\n"
        "[Slides are available here](https://docs.google.com/presentation/d/9/view) and [a plan](https://docs.google.com/document/d/7).\n"
        "An earlier [write-up](https://river.example/events/2031-01-01-x) was of another day.\n"
    )
    assert event_file.documents == (
        Document(kind=DocumentKind.WRITE_UP, title="Write up of this session", url=DOC, is_open=True, line=5),
        Document(
            kind=DocumentKind.WRITE_UP, title="Write-up on the Fen site", url="https://fen.example/write-up", line=6
        ),
        Document(kind=DocumentKind.SLIDES, title="Slides", url="https://docs.google.com/presentation/d/9/view", line=7),
    )
    assert [(oddity.line, oddity.sentence) for oddity in event_file.oddities] == [
        (5, "The write-up is open to everybody who has its address; it is shown to members only.")
    ]


@pytest.mark.parametrize(
    "line",
    [
        f"The notes are [here]({DOC}).",
        f"The minutes are [in this document]({DOC}).",
        f"> Write-up: {DOC}",
        f"> Write-up: <{DOC}>.",
        f'> Write-up: <a href="{DOC}">here</a>',
    ],
)
def test_notes_in_an_open_document_are_a_write_up_however_linked(line: str) -> None:
    write_up = Document(kind=DocumentKind.WRITE_UP, title="Write-up", url=DOC, is_open=True, line=5)
    assert page(line).documents == (write_up,)
    assert DOC not in body_for_page(line)


def test_a_recording_is_of_the_talk_whose_speaker_owns_it() -> None:
    (recording,) = page("📹 [Wren Alder's presentation](https://youtu.be/AbC) (14 minutes)\n").recordings
    assert (recording.title, recording.presenters, recording.minutes) == (
        "Wren Alder's presentation",
        ("Wren Alder",),
        14,
    )


def test_front_matter_may_name_the_slides() -> None:
    text = "---\ntitle: T\ndate: 2031-05-14\npresentation: https://slides.example/1\n---\n"
    assert read_text(NAME, text).documents == (
        Document(kind=DocumentKind.SLIDES, title="Slides", url="https://slides.example/1", line=4),
    )


def test_front_matter_may_name_the_film() -> None:
    text = "---\ntitle: T\ndate: 2031-05-14\nvideo: https://youtu.be/AbC\n---\n[Recording](https://youtu.be/AbC)\n"
    assert read_text(NAME, text).recordings == (Recording(title="Recording", url="https://youtu.be/AbC", line=4),)


def test_body_for_page_takes_away_what_is_not_for_everybody() -> None:
    secret = "https://us02web.zoom.us/j/123?pwd=abc"
    body = (
        f"[Join the call]({secret}), or {secret}, or <{secret}>.\n"
        f'> <a href="{secret}">Here</a>\n'
        f"> The [write up of this session]({DOC}) is there.\n"
        f"> Write-up: {DOC}\n"
        "[Film](https://youtu.be/AbC-1) and [site]((https://river.example/)), but not https://youtu.be/AbC-1!\n"
    )
    assert body_for_page(body, hidden={"https://youtu.be/AbC-1"}) == (
        "Join the call, or , or <>.\n"
        '> <a href="">Here</a>\n'
        "> The write up of this session is there.\n"
        "> Write-up: \n"
        "Film and [site]((https://river.example/)), but not !\n"
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://zoom.us/j/1",
        "https://us06web.zoom.us/meeting/register/abc_d",
        "https://teams.microsoft.com/l/meetup-join/19%3a",
        "https://meet.google.com/abc-defg-hij",
        "https://fen.webex.com/fen/j.php?MTID=1",
    ],
)
def test_body_for_page_knows_a_call_by_its_address(address: str) -> None:
    assert body_for_page(f"[Join]({address})") == "Join"


@pytest.mark.parametrize(
    "body",
    [
        "# Rivers\n\nA [link](https://river.example/a_(b)) and **bold**, `code` and 3 < 4.\n",
        "[About Zoom](https://zoom.us/pricing), https://youtu.be/AbC-1 and [a plan](https://docs.google.com/document/d/7).",
        "[Broken](http://[::1) and [other](https://[x/watch?v=1).",
        "",
    ],
)
def test_body_for_page_leaves_everything_else_alone(body: str) -> None:
    assert body_for_page(body) == body


def test_body_for_page_knows_every_address_of_a_hidden_film() -> None:
    body = "[One](https://www.youtube.com/watch?v=AbC&t=9), [two](https://youtu.be/AbC?si=1), [three](https://youtu.be/DeF)"
    assert body_for_page(body, hidden={"https://youtu.be/AbC"}) == "One, two, [three](https://youtu.be/DeF)"


def test_body_for_page_takes_every_address_from_a_line_too_long_to_be_read() -> None:
    body = f"{'x' * 5000} [Join](https://zoom.us/j/1)\n"
    assert body_for_page(body) == f"{'x' * 5000} [Join]\n"


@pytest.mark.parametrize(
    "address",
    [
        "https://fen.example/watch?v=1",
        "https://www.youtube.com/",
        "http://[::1/watch?v=1",
        "https://[youtube.com/1",
        "x",
    ],
)
def test_what_is_no_film_is_no_recording(address: str) -> None:
    assert page(f"Watch the [recording]({address}).").recordings == ()
