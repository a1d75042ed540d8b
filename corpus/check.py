"""Does the starter corpus hold together? Each fault with its file and line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.check_catalogue import check_catalogue
from corpus.errors import CorpusFault, UnknownName
from corpus.faults import Fault
from corpus.figures import numbers
from corpus.places import CITIES_FILE, COUNTRIES_FILE, NAMES_FILE, Doubt, Gazetteer, load_gazetteer
from corpus.practice import SECTIONS, PracticeRecord, SummaryRecord, line_of, read_record, split_front_matter
from corpus.taxonomy import TAXONOMY_FILE, Taxonomy, Vocabulary, load_taxonomy
from corpus.text import fold

_HEADING = re.compile(r"^## +(.*?) *$", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# What `learncities new practice` leaves to fill in.
_PLACEHOLDERS = {"TITLE", "TITLE OF THE PAGE", "PUBLISHER", "https://address/"}
_CITY_KINDS = {"city", "district", "municipality", "county", "consortium"}


def check_all(summaries: Iterable[Path], catalogues: Iterable[Path] = ()) -> list[Fault]:
    """The faults of practices and facts of the network, the catalogues, the tables of places and the taxonomy."""
    taxonomy, gazetteer = load_taxonomy(), load_gazetteer()
    found: list[Fault] = []
    titles: dict[str, str] = {}
    for path in summaries:
        found += check_summary(path, taxonomy, gazetteer)
        title = path.read_text(encoding="utf-8", errors="replace").partition("\ntitle:")[2].split("\n")[0].strip()
        if title in titles:
            found.append(Fault(path.name, 3, f"title: the same as that of {titles[title]}"))
        titles[title] = path.name
    for path in catalogues:
        found += check_catalogue(path, taxonomy, gazetteer)
    return [*found, *_check_places(taxonomy, gazetteer), *check_names(gazetteer), *_check_taxonomy(taxonomy)]


def check_summary(path: Path, taxonomy: Taxonomy, gazetteer: Gazetteer) -> list[Fault]:
    """The faults of one file."""
    try:
        front, body, first = split_front_matter(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return [Fault(path.name, 1, "cannot be read as UTF-8 text")]
    try:
        record = read_record(front)
    except CorpusFault as fault:
        found_at = (re.match(r"line (\d+): (.*)", line) for line in str(fault).split("\n"))
        return [Fault(path.name, int(match[1]), match[2]) for match in found_at if match]
    found = [*_check_figures(record, body), *_check_filled_in(record)]
    if record.id != path.stem:
        found.insert(0, (("id",), f"id: {record.id!r} is not the file's name"))
    if isinstance(record, PracticeRecord):
        found += _check_names(record, taxonomy, gazetteer)
    placed = [Fault(path.name, line_of(front, where), reason) for where, reason in found]
    return [*placed, *(Fault(path.name, first + line, reason) for line, reason in _check_body(record, body))]


_Located = tuple[tuple[int | str, ...], str]


def _check_names(record: PracticeRecord, taxonomy: Taxonomy, gazetteer: Gazetteer) -> Iterator[_Located]:
    for key, vocabulary in (("themes", taxonomy.themes), ("target_groups", taxonomy.target_groups)):
        for i, value in enumerate(getattr(record, key)):
            if value not in vocabulary.terms:
                yield (key, i), f"{key}: {_unknown(vocabulary, value)}"
    if record.country not in gazetteer.countries:
        yield ("country",), f"country: {record.country!r} is not an ISO code of countries.csv"
    city = gazetteer.cities.get(record.city)
    if city is None:
        yield ("city",), f"city: {record.city!r} is not an id of cities.csv"
    elif city.country != record.country:
        yield ("country",), f"country: {record.country}, but cities.csv has {record.city} in {city.country}"


def _unknown(vocabulary: Vocabulary, value: str) -> str:
    return str(UnknownName(vocabulary.what, value, vocabulary.suggest(value)))


def _check_figures(record: SummaryRecord, body: str) -> Iterator[_Located]:
    """Every stated figure and date stands in the text."""
    stated = numbers(_prose(body))
    for i, figure in enumerate(record.figures):
        if missing := numbers(figure.value) - stated:
            yield (
                ("figures", i),
                f"figures: {figure.value!r} is not in the text ({', '.join(sorted(missing))})",
            )
        if not numbers(figure.value):
            yield ("figures", i), f"figures: {figure.value!r} holds no number"
    for i, date in enumerate(record.dates):
        if numbers(str(date)) - stated:
            yield ("dates", i), f"dates: {str(date)!r} is not in the text"


def _check_filled_in(record: SummaryRecord) -> Iterator[_Located]:
    """Nothing of the template stands there still."""
    if record.title in _PLACEHOLDERS:
        yield ("title",), "title: say in one line what was done"
    for i, source in enumerate(record.sources):
        for name in ("address", "title", "publisher"):
            if str(getattr(source, name)) in _PLACEHOLDERS:
                yield ("sources", i, name), f"sources: {name}: still as in the template"


def _check_body(record: SummaryRecord, body: str) -> Iterator[tuple[int, str]]:
    """A practice has the known sections in their order, a fact of the network none, and no number stands in the text
    that the record does not hold."""
    headings = _HEADING.findall(body)
    known = SECTIONS if isinstance(record, PracticeRecord) else ()
    if headings != [section for section in known if section in headings]:
        yield 0, f"sections: {', '.join(headings)}; known, in this order: {', '.join(known) or 'none'}"
    for heading, text in zip(headings, _HEADING.split(body)[2::2], strict=True):
        if not _COMMENT.sub("", text).strip():
            yield 0, f"section {heading!r} is empty; leave it out"
    stated = [*(f"{f.value} . {f.what}" for f in record.figures), *map(str, record.dates)]
    allowed = numbers(" . ".join([*stated, *record.organisations, *record.names, record.title]))
    for line, text in enumerate(_prose(body).split("\n")):
        for number in sorted(numbers(text) - allowed):
            yield line, f"the number {number} is in no figure or date of the front matter"


def _prose(body: str) -> str:
    return _HEADING.sub("", body)


def _check_places(taxonomy: Taxonomy, gazetteer: Gazetteer) -> Iterator[Fault]:
    for line, country in enumerate(gazetteer.countries.values(), start=2):
        if country.region not in taxonomy.regions.terms:
            yield Fault(COUNTRIES_FILE.name, line, f"region: {country.region!r} is not in the taxonomy")
        if country.income is not None and country.income not in taxonomy.income_groups.terms:
            yield Fault(COUNTRIES_FILE.name, line, f"income: {country.income!r} is not in the taxonomy")
    for line, city in enumerate(gazetteer.cities.values(), start=2):
        known = gazetteer.countries.get(city.country)
        if known is None:
            yield Fault(CITIES_FILE.name, line, f"country: {city.country!r} is not in countries.csv")
        elif known.region != city.region:
            yield Fault(CITIES_FILE.name, line, f"region: {city.region}, but {known.name} is in {known.region}")
        if city.kind not in _CITY_KINDS:
            yield Fault(CITIES_FILE.name, line, f"kind: {city.kind!r} is not one of {', '.join(sorted(_CITY_KINDS))}")
        if (city.population is None) != (city.population_source is None):
            yield Fault(CITIES_FILE.name, line, "population: a value and its source come together")


def check_names(gazetteer: Gazetteer) -> Iterator[Fault]:
    """The faults of the names to look for in texts: every place is known, and no name is certain to mean two."""
    places = {*gazetteer.cities, *gazetteer.countries, ""}
    certain: dict[str, set[str]] = defaultdict(set)
    for line, name in enumerate(gazetteer.more_names, start=2):
        for code in (name.place, *name.elsewhere):
            if code not in places:
                yield Fault(
                    NAMES_FILE.name, line, f"{name.name}: {code!r} is neither a city nor a country of the tables"
                )
    for name in gazetteer.names():
        if name.doubt is Doubt.NONE and name.place:
            certain[fold(name.name)].add(name.place)
    for folded, meant in sorted(certain.items()):
        if len(meant) > 1:
            why = "settle it in place_names_by_hand.csv"
            yield Fault(NAMES_FILE.name, 1, f"{folded!r} means {' and '.join(sorted(meant))}; {why}")


def _check_taxonomy(taxonomy: Taxonomy) -> Iterator[Fault]:
    for theme in taxonomy.themes.terms.values():
        for sdg in theme.sdgs:
            if sdg not in taxonomy.sdgs.terms:
                yield Fault(TAXONOMY_FILE.name, 1, f"theme {theme.id}: unknown goal {sdg!r}")
        for other in theme.related:
            if other not in taxonomy.themes.terms:
                yield Fault(TAXONOMY_FILE.name, 1, f"theme {theme.id}: unknown related theme {other!r}")
