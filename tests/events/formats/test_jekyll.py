"""Event files of every kind of mess, each written for its test."""

from datetime import date, time
from time import process_time

import pytest

from events.formats.jekyll import Category, EventFile, Oddity, UnreadableEventFile, ordinal_word, read, write

NAME = "2031-05-14-river-forum.md"


def head(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", ""])


def parsed(text: str, name: str = NAME) -> EventFile:
    event_file = read(name, text.encode())
    assert write(event_file) == text
    return event_file


def told(event_file: EventFile) -> list[tuple[int, str]]:
    return [(oddity.line, oddity.sentence) for oddity in event_file.oddities]


def test_read_takes_a_plain_file_without_a_word() -> None:
    event_file = parsed(
        head(
            "layout: event",
            'title: "River Forum: the first"',
            "date: 2031-05-14",
            "topics:",
            "  - Water",
            "author: Wren Alder",
            "category: speaking",
            "project:",
            "    - Clean rivers",
            "add-background: true",
        )
        + "\nHello.\n"
    )
    assert told(event_file) == []
    assert event_file.title == "River Forum: the first"
    assert (event_file.starts_on, event_file.ends_on) == (date(2031, 5, 14), date(2031, 5, 14))
    assert (event_file.starts, event_file.ends) == (None, None)
    assert event_file.topics == ("Water",)
    assert event_file.projects == ("Clean rivers",)
    assert event_file.author == "Wren Alder"
    assert event_file.category is Category.SPEAKING
    assert event_file.front_matter["add-background"] == "true"
    assert event_file.body == "\nHello.\n"


def test_read_joins_repeated_lists_and_lets_nothing_yield_to_something() -> None:
    event_file = parsed(
        head(
            "title: T",
            "date: 2031-05-14",
            "link:",
            "topics:",
            "  - Water",
            "topics:",
            "  - Fish",
            "  - Water",
            "link: https://river.example/",
        )
    )
    assert event_file.topics == ("Water", "Fish")
    assert event_file.link == "https://river.example/"
    assert told(event_file) == [
        (7, "“topics” stands here again (first on line 5); both lists are joined."),
        (10, "“link” stands here again (first on line 4); nothing is lost by it."),
    ]


def test_read_keeps_the_last_of_two_different_texts_and_says_so() -> None:
    event_file = parsed(head("title: One", "title: Two", "date: 2031-05-14"))
    assert event_file.title == "Two"
    assert told(event_file) == [
        (3, "“title” stands here again (first on line 2); the two differ, and the last is kept.")
    ]


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("date: '2031-05-14'", date(2031, 5, 14), date(2031, 5, 14)),
        ("date: 2031-05-14 18:30", date(2031, 5, 14), date(2031, 5, 14)),
        ("date: 14/05/2031", date(2031, 5, 14), date(2031, 5, 14)),
        ("date: 14th May 2031", date(2031, 5, 14), date(2031, 5, 14)),
        ("date: May 14, 2031", date(2031, 5, 14), date(2031, 5, 14)),
        ("date: 20310514", date(2031, 5, 14), date(2031, 5, 14)),
        ("date: 14 May (not 3 April or May 9), 14 May 2031", date(2031, 5, 14), date(2031, 5, 14)),
        ("date: 14 May 2031 and 30 December to 2 January 2032", date(2031, 5, 14), date(2032, 1, 2)),
        ("date: 14 May - 2 June 2031", date(2031, 5, 14), date(2031, 6, 2)),
        ("date: 14-16 May 2031", date(2031, 5, 14), date(2031, 5, 16)),
        ("date: [2031-05-14, 2031-05-16]", date(2031, 5, 14), date(2031, 5, 16)),
        ("date: 2031-05-14, 2031-05-15, 2031-05-16", date(2031, 5, 14), date(2031, 5, 16)),
        ("date: 2031-05-14\nend_date: 2031-05-16", date(2031, 5, 14), date(2031, 5, 16)),
    ],
)
def test_read_takes_dates_however_written_and_several_as_a_range(written: str, first: date, last: date) -> None:
    event_file = parsed(head("title: T", written))
    assert (event_file.starts_on, event_file.ends_on) == (first, last)
    range_told = [(3, f"Several dates become one range, {first} to {last}.")] if first != last else []
    assert told(event_file) == range_told


@pytest.mark.parametrize(
    ("lines", "oddities"),
    [
        ([], [(1, "The date 2031-05-14 is taken from the file's name.")]),
        (["date:"], [(1, "The date 2031-05-14 is taken from the file's name.")]),
        (
            ["date: TBC"],
            [
                (3, "The date 2031-05-14 is taken from the file's name."),
                (3, "This date cannot be read in whole or in part."),
            ],
        ),
        (
            ["date: 2031-02-30"],
            [
                (3, "The date 2031-05-14 is taken from the file's name."),
                (3, "This date cannot be read in whole or in part."),
            ],
        ),
        (["dates: 2031-05-14"], [(3, "The date is not under “date”.")]),
    ],
)
def test_read_takes_a_missing_date_from_the_name(lines: list[str], oddities: list[tuple[int, str]]) -> None:
    event_file = parsed(head("title: T", *lines))
    assert event_file.starts_on == date(2031, 5, 14)
    assert told(event_file) == oddities


def test_read_keeps_the_written_date_where_the_name_has_another() -> None:
    event_file = parsed(head("title: T", "date: 2031-06-14"))
    assert event_file.starts_on == date(2031, 6, 14)
    assert told(event_file) == [(3, "The date 2031-06-14 is kept, though the file's name says 2031-05-14.")]


@pytest.mark.parametrize(
    ("written", "category", "sentence"),
    [
        ("partipating", Category.PARTICIPATING, "The category “partipating” is read as “participating”."),
        ("Organizing", Category.ORGANISING, "The category “organizing” is read as “organising”."),
        ("speeking", Category.SPEAKING, "The category “speeking” is read as “speaking”."),
        ("attened", Category.ATTENDING, "The category “attened” is read as “attending”."),
        ("juggling", None, "The category “juggling” is none of the site's, and kept only in the source."),
    ],
)
def test_read_maps_misspelt_categories(written: str, category: Category | None, sentence: str) -> None:
    event_file = parsed(head("title: T", "date: 2031-05-14", f"category: {written}"))
    assert event_file.category is category
    assert told(event_file) == [(4, sentence)]


def test_read_takes_liquid_as_text_and_says_where() -> None:
    event_file = parsed(
        head("title: T", "date: 2031-05-14", "image: {{ site.baseurl }}/fish.png", "{% assign x = 1 %}", "author: W")
        + "![Fish]({{ site.baseurl }}/assets/fish.png)\n"
    )
    assert event_file.front_matter["image"] == "{{ site.baseurl }}/fish.png"
    assert event_file.author == "W"
    assert told(event_file) == [
        (4, "“image” holds Liquid, which is kept in the source and not carried out."),
        (5, "This line of the front matter is no YAML; it is kept as it is."),
        (8, "Liquid is kept in the source and not carried out."),
    ]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: River: the film: again", "River: the film: again"),
        ("title: @river", "@river"),
        ("title: *Bold* waters", "*Bold* waters"),
        ("title: 'What's next?'", "What's next?"),
        ('title: "Open to all', "Open to all"),
        ("title:\tTabbed", "Tabbed"),
        ("title: [Draft] River", "[Draft] River"),
        ('title: "a\\0b"', "a\\0b"),
    ],
)
def test_read_takes_a_value_that_is_no_yaml_as_it_stands(line: str, title: str) -> None:
    event_file = parsed(head(line, "date: 2031-05-14", "topics:", "  - Water"))
    assert event_file.title == title
    assert event_file.topics == ("Water",)
    assert told(event_file) == [(2, "“title” is not valid YAML; its value is taken as it stands.")]


def test_read_takes_liquid_for_liquid_even_where_it_would_be_yaml() -> None:
    event_file = parsed(head("title: T", "date: 2031-05-14", "link: {{ site.url }}"))
    assert event_file.front_matter["link"] == "{{ site.url }}"
    assert told(event_file) == [(4, "“link” holds Liquid, which is kept in the source and not carried out.")]


def test_read_counts_lines_as_an_editor_does_and_not_as_yaml() -> None:
    event_file = parsed(head("title: T\u2028author: W", "date: 2031-05-14"))
    assert event_file.starts_on == date(2031, 5, 14)
    assert told(event_file) == [(2, "“title” is not valid YAML; its value is taken as it stands.")]


def test_read_takes_lists_with_tabs() -> None:
    event_file = parsed(head("title: T", "date: 2031-05-14", "topics:", "\t- Water", "\t- 'Fish'"))
    assert event_file.topics == ("Water", "Fish")
    assert told(event_file) == [(4, "“topics” is not valid YAML; its value is taken as it stands.")]


def test_read_is_not_blown_up_by_aliases_nor_by_depth() -> None:
    lines = ["a: &a [x, x, x, x, x]"] + [f"b{n}: &b{n} [*a, *a, *a, *a, *a]" for n in range(20)]
    event_file = parsed(head("title: T", "date: 2031-05-14", *lines, f"deep: {'[' * 20_000}"))
    assert event_file.title == "T"
    assert event_file.front_matter["b0"] == "&b0 [*a, *a, *a, *a, *a]"
    assert event_file.front_matter["deep"] == "[" * 20_000


def test_read_never_makes_an_object_of_a_tag() -> None:
    event_file = parsed(head("title: T", "date: 2031-05-14", "x: !!python/object/apply:os.system ['true']"))
    assert event_file.front_matter["x"] == ("true",)


@pytest.mark.parametrize(
    ("text", "oddities"),
    [
        ("---   \ntitle: T\ndate: 2031-05-14\n---\t\nBody", []),
        ("\ufeff---\ntitle: T\ndate: 2031-05-14\n---\nBody", []),
        ("---\r\ntitle: T\r\ndate: 2031-05-14\r\n---\r\nBody", []),
        ("---\rtitle: T\rdate: 2031-05-14\r---\rBody", []),
        ("\n\n---\ntitle: T\ndate: 2031-05-14\n---\nBody", [(3, "There are empty lines before the front matter.")]),
        (
            "----\ntitle: T\ndate: 2031-05-14\n...\nBody",
            [
                (1, "The front matter is opened by something else than ---."),
                (4, "The front matter is closed by something else than ---."),
            ],
        ),
        ("title: T\ndate: 2031-05-14\n---\nBody", [(1, "The --- that opens the front matter is missing.")]),
        ("---\ntitle: T\ndate: 2031-05-14\nBody", [(4, "The --- that closes the front matter is missing.")]),
    ],
)
def test_read_finds_the_fences_however_typed(text: str, oddities: list[tuple[int, str]]) -> None:
    event_file = parsed(text)
    assert (event_file.title, event_file.starts_on, event_file.body) == ("T", date(2031, 5, 14), "Body")
    assert told(event_file) == oddities


def test_read_takes_no_rule_in_the_text_for_the_missing_fence() -> None:
    event_file = parsed("---\ntitle: T\ndate: 2031-05-14\n\nSome prose here.\n\n---\n\nMore.\n")
    assert event_file.body == "Some prose here.\n\n---\n\nMore.\n"
    assert told(event_file) == [(5, "The --- that closes the front matter is missing.")]


def test_read_makes_do_without_front_matter() -> None:
    event_file = parsed("# River Forum\n\nAll welcome.\n")
    assert event_file.title == "River Forum"
    assert event_file.body == "# River Forum\n\nAll welcome.\n"
    assert told(event_file) == [
        (1, "The date 2031-05-14 is taken from the file's name."),
        (1, "The file has no front matter."),
        (1, "There is no title; the first heading is taken."),
    ]


def test_read_opens_lists_and_mappings_for_the_words_in_them() -> None:
    event_file = parsed(head("title: [River, {part: Forum}]", "date: 2031-05-14", "topics: {a: Water, b: [Fish]}"))
    assert (event_file.title, event_file.topics) == ("River, Forum", ("Water", "Fish"))


def test_read_takes_front_matter_of_one_flow_mapping_for_no_keys() -> None:
    event_file = parsed(head("{title: T, date: 2031-05-14}") + "# River\n")
    assert event_file.title == "River"
    assert (2, "This line of the front matter is no YAML; it is kept as it is.") in told(event_file)


def test_read_joins_a_text_to_a_list() -> None:
    event_file = parsed(head("title: T", "date: 2031-05-14", "topics: Fish", "topics: [Water]", "topics:"))
    assert event_file.topics == ("Fish", "Water")


def test_read_searches_no_line_that_is_longer_than_prose() -> None:
    event_file = parsed(head("title: T", "date: 2031-05-14") + f"Speakers:\n* {'[' * 6000}\n")
    assert told(event_file) == [(6, "The line is longer than 5000 characters and is not searched.")]


def test_read_makes_a_title_of_the_name() -> None:
    event_file = parsed(head("date: 2031-05-14"))
    assert event_file.title == "River forum"
    assert told(event_file) == [(1, "There is no title; it is made from the file's name.")]


@pytest.mark.parametrize(
    ("data", "line", "sentence"),
    [
        (b"", 1, "The file is empty."),
        (b"\xef\xbb\xbf \r\n\t\n", 1, "The file is empty."),
        (b"---\ntitle: Caf\xe9\n---\n", 2, "The byte 0xE9 is not UTF-8; please save the file as UTF-8."),
        (b"---\r\n---\r\n\r\n\xff", 4, "The byte 0xFF is not UTF-8; please save the file as UTF-8."),
        ("---\ntitle: T\n---\n".encode("utf-16"), 1, "The file is UTF-16; please save it as UTF-8."),
        (b"---\ntitle: T\n---\n\n\0", 5, "There is a NUL character: this is not text."),
        (b"x" * 2_000_001, 1, "The file is larger than 2 MB."),
    ],
)
def test_read_says_in_a_sentence_why_a_file_cannot_be_read(data: bytes, line: int, sentence: str) -> None:
    with pytest.raises(UnreadableEventFile) as caught:
        read(NAME, data)
    assert str(caught.value) == f"{NAME}:{line}: {sentence}"
    assert (caught.value.line, caught.value.sentence) == (line, sentence)


TOO_LONG = "The front matter is longer than 1000 lines or 50 kB. Keep the keys the page needs, and try again."


@pytest.mark.parametrize(
    "lines",
    [
        [f"key{place}: v" for place in range(100_000)],
        [f"key{place}: v" for place in range(1001)] + ["broken: ["],
        [f"topics: [{'a,' * 25_000}a]"],
    ],
    ids=["many keys", "broken", "one long line"],
)
def test_read_refuses_front_matter_that_nobody_writes(lines: list[str]) -> None:
    begun = process_time()
    with pytest.raises(UnreadableEventFile) as caught:
        read(NAME, head("title: T", "date: 2031-05-14", *lines).encode())
    assert str(caught.value) == f"{NAME}:2: {TOO_LONG}"
    assert process_time() - begun < 2


def test_read_takes_no_time_over_as_much_as_it_reads() -> None:
    begun = process_time()
    lists = [f"topics: [{','.join(f't{place}' for place in range(3_500))}]"] * 2
    event_file = parsed(head("title: T", "date: 2031-05-14", *lists, *["x{"] * 900))
    assert len(event_file.topics) == 3_500
    assert process_time() - begun < 10


def test_read_refuses_a_file_that_has_no_day() -> None:
    with pytest.raises(UnreadableEventFile) as caught:
        read("forum.md", b"---\ntitle: T\ndate: soon\n---\n")
    assert str(caught.value) == "forum.md:3: There is no date, neither in the front matter nor in the file's name."


@pytest.mark.parametrize(
    ("sentence", "starts", "ends", "zone"),
    [
        ("On Wednesday 14 May 2031 at 2pm we met.", time(14), None, "Europe/London"),
        ("Wednesday 14 May, 2pm - 3:15pm.", time(14), time(15, 15), "Europe/London"),
        ("On 14th May from 1-2pm (UK time).", time(13), time(14), "Europe/London"),
        ("On 14th May from 11-1pm.", time(11), time(13), "Europe/London"),
        ("May 14, 9.30am to 12 noon", time(9, 30), time(12), "Europe/London"),
        ("Wednesday 14 May 18:00 – 20:00", time(18), time(20), "Europe/London"),
        ("In central Paris: 14:30 - 15:30 on 14th May.", time(14, 30), time(15, 30), "Europe/Paris"),
        ("We meet Wednesdays at 2pm.", None, None, "Europe/London"),
        ("On 21 May at 2pm there is another.", None, None, "Europe/London"),
        ("On 14 May at 2pm, then again at 4pm.", None, None, "Europe/London"),
        ("On 14 May at 2pm EST.", None, None, "Europe/London"),
        ("On 14 May 2032 at 2pm.", None, None, "Europe/London"),
        ("**Time:** 9am – 10.30am", time(9), time(10, 30), "Europe/London"),
        ("In Weymouth on 14 May at 2pm.", time(14), None, "Europe/London"),
        ("On 14 May we spent £2.30 on 14 cakes.", None, None, "Europe/London"),
    ],
)
def test_read_takes_a_time_only_where_it_is_clear(
    sentence: str, starts: time | None, ends: time | None, zone: str
) -> None:
    event_file = parsed(head("title: T", "date: 2031-05-14") + sentence)
    assert (event_file.starts, event_file.ends, event_file.zone) == (starts, ends, zone)


@pytest.mark.parametrize(
    ("lines", "starts", "ends"),
    [
        (["date: 2031-05-14", "time: 10:00-11:30"], time(10), time(11, 30)),
        (["date: 2031-05-14 13:00:00 +0000"], time(14), None),
        (["date: 2031-05-14 00:00:00 +0000"], None, None),
        (["date: 2031-05-14 00:00:00"], None, None),
        (["date: 2031-05-14 25:00:00"], None, None),
        (["date: 2031-05-14", "time: morning"], None, None),
        (["date: 2031-05-14", "time: 13pm"], None, None),
        (["date: 2031-05-14", "time: 3pm-2pm"], None, None),
    ],
)
def test_read_takes_a_time_from_the_front_matter(lines: list[str], starts: time | None, ends: time | None) -> None:
    event_file = parsed(head("title: T", *lines))
    assert (event_file.starts, event_file.ends) == (starts, ends)


def test_read_reports_a_time_that_is_not_clear() -> None:
    event_file = parsed(head("title: T", "date: 2031-05-14") + "\nOn 14 May, 10:00 CET / 9:00 BST.\n")
    assert told(event_file) == [(6, "The time of day is not clear here, and is left in the text.")]


def test_read_reports_a_weekday_that_the_day_is_not() -> None:
    event_file = parsed(head("title: T", "date: 2031-05-14") + "On Friday 14 May 2031 at 2pm we met.")
    assert told(event_file) == [(5, "2031-05-14 is a Wednesday, which the text says otherwise.")]


@pytest.mark.parametrize(
    ("name", "title", "sentence", "is_one"),
    [
        ("2031-05-14-community-of-practice.md", "T", "", True),
        ("2031-05-14-cop.md", "T", "", True),
        (NAME, "Rivers: Community of Practice", "", True),
        (NAME, "T", "We held the third meeting of a [community of practice]((https://river.example/)).", True),
        (NAME, "T", "There is a growing community of practice around rivers.", False),
        (NAME, "Code of Practice", "", False),
        ("2031-05-14-copenhagen.md", "T", "", False),
    ],
)
def test_read_knows_a_meeting_of_the_community_of_practice(name: str, title: str, sentence: str, is_one: bool) -> None:
    text = head(f'title: "{title}"', "date: 2031-05-14") + sentence
    assert parsed(text, name).is_community_of_practice is is_one


@pytest.mark.parametrize(
    ("sentence", "ordinal"),
    [
        ("Today we held the third meeting of a community of practice.", 3),
        ("We will hold the eight meeting of a community of practice.", 8),
        ("This was our 22nd online session.", 22),
        ("We hosted the twenty-first event.", 21),
        ("We held the final meeting.", None),
        ("We held the eight meetings that were planned.", None),
        ("Our [third event](https://river.example/events/2031-01-01-x) was a workshop.", None),
        ("In our second and third meetings we met.", None),
    ],
)
def test_read_finds_the_meetings_own_number(sentence: str, ordinal: int | None) -> None:
    assert parsed(head("title: T", "date: 2031-05-14") + sentence).ordinal == ordinal


@pytest.mark.parametrize(
    ("number", "word"), [(1, "first"), (20, "twentieth"), (21, "21st"), (112, "112th"), (24, "24th")]
)
def test_ordinal_word_says_a_number_as_the_site_does(number: int, word: str) -> None:
    assert ordinal_word(number) == word


def test_read_reports_a_misspelt_ordinal() -> None:
    event_file = parsed(
        head("title: T", "date: 2031-05-14") + "\nWe held the eight meeting of a community of practice."
    )
    assert told(event_file) == [(6, "“eight” is read as eighth.")]


@pytest.mark.parametrize(
    ("sentence", "theme"),
    [
        ("The theme of this session was river health.", "River health"),
        ("This session focussed on dams and weirs. Our speakers were:", "Dams and weirs"),
        ("This session focused on dams and our speakers were:", "Dams"),
        ("Our fifth event will focus on **the menu of options** - i.e. all of them.", "The menu of options"),
        ("A workshop on the question, **what do anglers need?**", "What do anglers need?"),
        ("Speakers, on the theme of floods, were:", "Floods"),
        ("Topic: deliberation at scale", "Deliberation at scale"),
        ("This session focused on weirs. It was **very** wet.", "Weirs"),
        ("Our [fourth event](https://river.example/events/2031-04-01-x) focussed on locks.", ""),
        ("On the question of representation, nobody agreed.", ""),
        (f"This session focused on {'very ' * 40}long things.", ""),
    ],
)
def test_read_takes_a_theme_only_where_a_sentence_says_it(sentence: str, theme: str) -> None:
    assert parsed(head("title: T", "date: 2031-05-14") + sentence).theme == theme


def test_read_reports_what_is_odd_in_the_text_with_its_line() -> None:
    event_file = parsed(
        head("title: T", "date: 2031-05-14")
        + "<!-- A comment hides {{ liquid }}. -->\n"
        + '<iframe src="https://video.example/1"></iframe>\n'
        + "A [link]((https://river.example/)) and [mailto:wren@river.example](write to us).\n"
        + "> [Register](https://us02web.zoom.us/meeting/register/abc)\n"
        + "> The write-up is now available to community members only.\n"
        + "* Speaker to be confirmed\n"
    )
    assert event_file.oddities == (
        Oddity(line=6, sentence="Raw HTML (<iframe>) is kept in the source; the page shows what is safe of it."),
        Oddity(line=7, sentence="A link has doubled brackets; they are taken as one."),
        Oddity(line=7, sentence="A link has its address and its words the wrong way round."),
        Oddity(line=8, sentence="A link to a video call or its registration is not shown on the page."),
        Oddity(line=9, sentence="A write-up is said to be there for members, without an address."),
        Oddity(line=10, sentence="Something is still to be confirmed here."),
    )
