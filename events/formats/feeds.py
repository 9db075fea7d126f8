"""What a feed tells of a meeting, and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One meeting as feeds tell of it to everybody: `key` names it for good, `html` is a paragraph or two."""

    key: str
    url: str
    title: str
    html: str
    topics: tuple[str, ...] = ()
    edition: int = 0

    @property
    def digest(self) -> str:
        """The same as long as it tells the same: 64 hexadecimal digits. `edition` is what calendars count."""
        words = (self.key, self.url, self.title, self.html, *self.topics, str(self.edition))
        return sha256("\0".join(words).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed as a whole: whose it is, the page it stands for, and where it is itself."""

    title: str
    about: str
    home: str
    address: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A story, when it was first told, and since when it is told like this."""

    story: Story
    first_at: datetime
    changed_at: datetime


def json_feed(channel: Channel, stories: Sequence[Dated]) -> str:
    """The text of a JSON Feed; times as RFC 3339 has them."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.about,
        "home_page_url": channel.home,
        "feed_url": channel.address,
        "language": channel.language,
        "authors": [{"name": channel.title, "url": channel.home}],
        "items": [_item(one) for one in stories],
    }
    return json.dumps({name: value for name, value in feed.items() if value != ""}, ensure_ascii=False)


def _item(dated: Dated) -> dict[str, object]:
    story = dated.story
    return {
        "id": story.key,
        "url": story.url,
        "title": story.title,
        "content_html": story.html,
        "date_published": dated.first_at.isoformat(),
        "date_modified": dated.changed_at.isoformat(),
        "tags": list(story.topics),
    }
