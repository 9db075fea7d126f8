"""A meeting in the words of schema.org (https://schema.org/Event), for search engines (B11)."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

# What would end a script element, or begin something else in a page, is written as JSON can also write it.
_IN_A_PAGE = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Presenter:
    name: str
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A meeting as everybody may know it. `room` is "" where it is online only; `url` is its public page."""

    name: str
    about: str
    url: str
    picture: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    has_times: bool
    is_online: bool
    room: str
    is_cancelled: bool
    network: str
    network_url: str
    language: str
    presenters: tuple[Presenter, ...] = ()


def structured(occasion: Occasion) -> str:
    """JSON-LD that can stand in a page's script element as it is."""
    return json.dumps(_event(occasion), ensure_ascii=False).translate(_IN_A_PAGE)


def _event(occasion: Occasion) -> dict[str, object]:
    known = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": occasion.name,
        "description": occasion.about,
        "url": occasion.url,
        "image": occasion.picture,
        "startDate": _moment(occasion, occasion.starts_at),
        "endDate": _moment(occasion, occasion.ends_at),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if occasion.is_cancelled else 'Scheduled'}",
        "eventAttendanceMode": f"https://schema.org/{_mode(occasion)}EventAttendanceMode",
        "location": _location(occasion),
        "organizer": {"@type": "Organization", "name": occasion.network, "url": occasion.network_url},
        "performer": [_person(one) for one in occasion.presenters],
        "inLanguage": occasion.language,
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in known.items() if value not in ("", [])}


def _moment(occasion: Occasion, moment: datetime) -> str:
    """ISO 8601 on the meeting's own clock, with its offset; the day alone where no more is known."""
    local = moment.astimezone(ZoneInfo(occasion.time_zone))
    return local.isoformat() if occasion.has_times else date.isoformat(local)


def _mode(occasion: Occasion) -> str:
    if occasion.is_online:
        return "Mixed" if occasion.room else "Online"
    return "Offline"


def _location(occasion: Occasion) -> object:
    """The public page stands for the call: the way into it is in no page."""
    places: list[object] = []
    if occasion.is_online:
        places.append({"@type": "VirtualLocation", "url": occasion.url})
    if occasion.room or not occasion.is_online:
        room = occasion.room or occasion.network
        places.append({"@type": "Place", "name": room, "address": room})
    return places if len(places) > 1 else places[0]


def _person(presenter: Presenter) -> dict[str, object]:
    person: dict[str, object] = {"@type": "Person", "name": presenter.name}
    if presenter.organisation:
        person["affiliation"] = {"@type": "Organization", "name": presenter.organisation}
    return person
