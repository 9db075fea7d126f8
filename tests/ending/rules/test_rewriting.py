"""Pages as plain files: what leads somewhere, what is left out, and where files lie (B98)."""

import pytest
from hypothesis import given, strategies as st

from cop.ending.rules.files import file_of, path_on, way
from cop.ending.rules.rewriting import links_in, stand_alone

SITE = "https://voices.example"


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/voices/", "index.html"),
        ("/voices/meetings/", "meetings/index.html"),
        ("/voices/meetings/one/calendar.ics", "meetings/one/calendar.ics"),
        ("/static/css/base.css", "static/css/base.css"),
        ("/voices/%2e%2e/%2e%2e/etc/passwd", "etc/passwd"),
        ("/voices/../../secret", "secret"),
    ],
)
def test_a_page_lies_where_its_address_says(path: str, file: str) -> None:
    assert file_of(path, home="/voices/") == file


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("/voices/", "/voices/"),
        ("../two/", "/voices/meetings/two/"),
        (f"{SITE}/voices/feed.atom", "/voices/feed.atom"),
        ("?year=2026", "/voices/meetings/one/?year=2026"),
        ("#agenda", "/voices/meetings/one/"),
        ("https://elsewhere.example/voices/", None),
        ("http://voices.example/voices/", None),
        ("mailto:olive@commons.example", None),
        ("//[", None),
        ("http://[x]/", None),
    ],
)
def test_what_is_ours_is_told_from_what_is_elsewhere(link: str, path: str | None) -> None:
    assert path_on(SITE, link, page="/voices/meetings/one/") == path


def test_files_lead_to_one_another_from_any_depth() -> None:
    assert way("index.html", "meetings/one/index.html") == "meetings/one/index.html"
    assert way("meetings/one/index.html", "index.html") == "../../index.html"
    assert way("meetings/one/index.html", "static/css/base.css") == "../../static/css/base.css"


def known(link: str) -> str | None:
    return {"/here/": "here/index.html", "/base.css": "base.css"}.get(link, link if "://" in link else None)


def test_words_stay_where_a_link_leads_nowhere() -> None:
    html = '<p><a href="/me/" class="x">My <em>page</em></a>, <a href="/here/">here</a> &amp; <a name="y">there</a></p>'
    assert stand_alone(html, known) == (
        '<p>My <em>page</em>, <a href="here/index.html">here</a> &amp; <a name="y">there</a></p>'
    )


def test_a_page_leads_only_to_places_it_has() -> None:
    html = '<a href="#gone">Not here</a> <a href="#a%20b">Here</a> <h2 id="a b">Place</h2>'
    assert stand_alone(html, known) == 'Not here <a href="#a%20b">Here</a> <h2 id="a b">Place</h2>'


def test_forms_scripts_and_frames_are_left_out_with_all_in_them() -> None:
    html = (
        '<form method="post"><p>Join <a href="/here/">here</a></p><input name="q"></form><p>Stays</p>'
        '<script src="/x.js"></script><script type="application/ld+json">{"a": "<b>"}</script>'
        '<iframe src="https://video.example/"></iframe><link rel="canonical" href="https://voices.example/">'
        '<link rel="stylesheet" href="/base.css"><link rel="next" href="/gone/"><img src="/gone.png" alt="">'
    )
    assert stand_alone(html, known) == (
        '<p>Stays</p><script type="application/ld+json">{"a": "<b>"}</script><link rel="stylesheet" href="base.css">'
    )


def test_icons_come_along_in_the_page() -> None:
    """No browser fetches them from another file on a disk; a heading may have an icon's name."""
    sprite = '<svg xmlns="http://www.w3.org/2000/svg"><!-- x --><symbol id="notes"><path d="M0 0"/></symbol></svg>'
    html = '<body class="a"><h1 id="notes">Notes</h1><svg><use href="/static/icons.svg#notes" /></svg></body>'
    assert stand_alone(html, known, sprite=sprite) == (
        '<body class="a"><svg class="visually-hidden" aria-hidden="true" xmlns="http://www.w3.org/2000/svg"><!-- x -->'
        '<symbol id="icon-notes"><path d="M0 0"/></symbol></svg><h1 id="notes">Notes</h1>'
        '<svg><use href="#icon-notes"></svg></body>'.replace('notes"></svg></body>', 'notes" /></svg></body>')
    )


def test_links_are_found_wherever_they_stand() -> None:
    """But icons: they come along in the page."""
    html = (
        '<link href="/a.css"><a href="/b/?x=1&amp;y=2">b</a><img src="/c.png"><use href="/d.svg#e"/><a href="#f">f</a>'
    )
    assert links_in(html) == ["/a.css", "/b/?x=1&y=2", "/c.png"]


@given(st.text(alphabet="<>/a formscipt\"'=&;!-#", max_size=80))
def test_any_text_is_read_to_its_end_and_holds_no_form(text: str) -> None:
    assert "<form" not in stand_alone(text, lambda link: None).lower().replace("&lt;form", "") or "<form" in text
    links_in(text)
