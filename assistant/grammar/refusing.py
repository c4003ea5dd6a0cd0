"""Why a sentence was not read: the words that fitted nowhere, as reasons with their evidence."""

import re
from collections.abc import Iterable, Iterator
from heapq import nsmallest

from rapidfuzz.distance import OSA

from assistant.grammar.distances import DISTANCE, NO_PLACES
from assistant.grammar.layout import BRACKETS, layout
from assistant.grammar.named_audiences import AUDIENCE
from assistant.grammar.parsing import Parse
from assistant.grammar.people import PEOPLE, TOGETHER
from assistant.grammar.phrasebook import Phrasebook
from assistant.grammar.pieces import Beyond, FieldWord, Owned, Piece, Sort
from assistant.grammar.reading import Note, once
from assistant.grammar.shopbook import Shopbook
from assistant.grammar.tokens import COMPARING, EQUATING, QUOTE_MARKS, tokenize, written

_REFUSALS = {  # what is told of what no definition can say, by its code
    "goal": "goal",
    "mil": "danish_mil",  # a measure of length that is not the same everywhere
    AUDIENCE: "no_such_audience",
    DISTANCE: "no_such_place",
    NO_PLACES: "no_places",
    PEOPLE: "people_unread",
    TOGETHER: "people_together",
}
_NAME = re.compile(r"[^\W\d][\w.]*\s*$")
_VALUE = re.compile(r"\s*[\"“”'(]?([^\s\"“”',;()]+)")
_SLIPS = 2
_SHORT = 5  # a word below this length has one slip at most
_MOST_NEAR = 3
_QUOTED = 4  # tokens that tell which quotation mark is meant


def reasons(text: str, parse: Parse, book: Phrasebook, shop: Shopbook) -> tuple[Note, ...]:
    """A name or a value of a condition written with a sign that the shop does not have; else the
    words that fitted nowhere. Apart from them those that decide the sense of the others, as "not"
    and "only", without which it would be another sentence; what no definition can say yet; and mere
    goals."""
    unknown = [p.start for p in parse.unknown if p.sort is Sort.UNKNOWN]
    marks = layout(parse.tokens).items
    shown = [at for at in unknown if at not in marks and parse.tokens[at].key not in BRACKETS]
    if unknown and not shown:
        return (Note("scope", {"words": _enclosed(text, parse)}),)
    if named := tuple(_unnamed(text, parse, book, shop)):
        return named
    plain = [parse.tokens[at] for at in shown]
    if open_quote := next((t for t in plain if t.text in QUOTE_MARKS), None):
        words = written([t for t in parse.tokens if t.start >= open_quote.start][:_QUOTED])
        return (Note("quotes", {"words": words, "at": str(open_quote.start + 1)}),)
    known = ", ".join(token.text for token in plain if token.key in book.deciding)
    strange = ", ".join(token.text for token in plain if token.key not in book.deciding)
    longer = [name for token in plain for name in _holding(token.key, book, shop)][:_MOST_NEAR]
    suggestions = f"{', '.join(longer)}?" if longer else ""
    lacking = Note("unknown_words", {"words": strange, "suggestions": suggestions})
    misplaced = Note("no_place_for", {"words": known})
    return (
        *([lacking] if strange else []),
        *([misplaced] if known else []),
        *once(_beyond(parse, p) for p in parse.unknown if p.sort is Sort.BEYOND),
    )


def _holding(word: str, book: Phrasebook, shop: Shopbook) -> list[str]:
    """The values of the shop in whose name the word is one of several: "wine" in "Wine & Spirits".
    Whether they are meant is for the person to say. None for a word of the language's own."""
    if word not in shop.keys or word in book.main.words or len(word) < _SHORT - 1:
        return []
    found = {
        phrase: named
        for phrase, language, named in shop.longer.get(word, ())
        if language in (None, book.language)
    }
    shown = nsmallest(_MOST_NEAR, found)  # a word may stand in thousands of names
    return [_as_kept(phrase, found[phrase]) for phrase in shown]


def _as_kept(phrase: tuple[str, ...], named: Owned) -> str:
    """A name with the capitals that its code has."""
    code = named.code if isinstance(named.code, str) else ""
    return code if tuple(t.key for t in tokenize(code)) == phrase else " ".join(phrase)


def _beyond(parse: Parse, piece: Piece) -> Note:
    assert isinstance(piece.payload, Beyond)
    what, words = piece.payload.what, parse.said(piece)
    if what in _REFUSALS:
        return Note(_REFUSALS[what], {"words": words})
    return Note("not_yet", {"words": words, "what": what})


def _enclosed(text: str, parse: Parse) -> str:
    """What stands in the first bracket that fitted nowhere; of a list the whole text."""
    first = next(p.start for p in parse.unknown if p.sort is Sort.UNKNOWN)
    closing = layout(parse.tokens).partners.get(first)
    return text.strip() if closing is None else written(parse.tokens[first : closing + 1])


# --- conditions written with a sign


def _unnamed(text: str, parse: Parse, book: Phrasebook, shop: Shopbook) -> Iterator[Note]:
    """The fields that do not exist, and the values that their fields do not have."""
    unknown = {i for p in parse.unknown for i in range(p.start, p.end)}
    for at, token in enumerate(parse.tokens):
        name = _NAME.search(text[: token.start])
        if token.key not in COMPARING or at not in unknown or name is None:
            continue
        field = _field(name.group(), book, shop)
        value = _VALUE.match(text[token.end :])
        if field is None and at - 1 in unknown:
            near = _near(name.group().strip(), _names(book, shop))
            yield _note("no_such_field", near, word=name.group().strip())
        elif field is not None and token.key in EQUATING and value and at + 1 in unknown:
            near = _near(value.group(1), _values(field, book, shop))
            said = name.group().strip()
            yield _note("no_such_value", near, word=value.group(1), field=said)


def _note(code: str, near: list[str], **values: str) -> Note:
    if not near:
        return Note(code, values)
    return Note(f"{code}_perhaps", {**values, "near": ", ".join(near)})


def _field(name: str, book: Phrasebook, shop: Shopbook) -> str | None:
    keys = [token.key for token in tokenize(name)]
    for _, word in shop.words.at(keys):
        if isinstance(word, FieldWord):
            return word.field
    for section, role in book.main.at(keys):
        if section == "fields" and (field := shop.catalogue.field_by_role(role)) is not None:
            return field.name
    return None


def _names(book: Phrasebook, shop: Shopbook) -> Iterator[str]:
    """What fields, and the numbers made of what members do, are called."""
    yield from shop.catalogue.fields
    for role, phrases in book.pack.section("fields").items():
        if shop.catalogue.field_by_role(role) is not None:
            yield from phrases
    for field in shop.catalogue.fields.values():
        yield from field.labels.get(book.language, ())
    for phrases in book.pack.section("measures").values():
        yield from phrases


def _values(field: str, book: Phrasebook, shop: Shopbook) -> Iterator[str]:
    for word, node in shop.words.words.items():
        for language, named in node.meanings:
            ours = isinstance(named, Owned) and (named.event, named.name) == (None, field)
            if ours and language in (None, book.language):
                yield word


def _near(word: str, names: Iterable[str]) -> list[str]:
    """The names that a slip or two turn into the word, nearest first."""
    key = word.casefold()
    limit = _SLIPS if len(key) >= _SHORT else 1
    found = {name: OSA.distance(key, name.casefold(), score_cutoff=limit) for name in names}
    close = sorted((distance, name) for name, distance in found.items() if distance <= limit)
    least = close[0][0] if close else 0
    return [_written(name, word) for distance, name in close if distance == least][:_MOST_NEAR]


def _written(name: str, word: str) -> str:
    """With a capital where the word has one."""
    return name.capitalize() if word[:1].isupper() else name
