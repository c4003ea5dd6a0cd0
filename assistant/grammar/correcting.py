"""Words that are in no lexicon: compounds taken apart, missing diacritics, and typos.

A typo is only corrected to the one nearest content word or value that begins with the same letter;
when a function word, a number or a second meaning is as near, it stays unknown. Known words and
values are never touched.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.grammar.hanging import completed
from assistant.grammar.phrasebook import Phrasebook
from assistant.grammar.pieces import Owned
from assistant.grammar.shopbook import Shopbook
from assistant.grammar.spelling import Spelling, slip, slip_of_common, unmarked
from assistant.grammar.tokens import Shape, Token, bare
from assistant.grammar.trie import Node

_CONTENT = frozenset(
    {"events", "fields", "values", "countries", "measures", "attributes", "channels"}
)
_HEADS = frozenset({("words", "member"), ("words", "object")})
_KNOWN = ".known"  # of members who have any value of a field: "medlem"
_WAYS = frozenset({"channel", "campaign_kind"})  # "butikskøb", "nyhedsbrevsåbninger"
SHORTEST = 5
SHORTEST_BARE = 4  # where only the diacritics are missing
LONG = 10  # from here on two slips are still nearer to the word than to any other
SHORTEST_PART = 3


class Names:
    """The single words of a shop that a typo may stand for, for the correctors of all languages."""

    def __init__(self, shop: Shopbook) -> None:
        self.content: dict[str, tuple[object, ...]] = {}
        for key, named in shop.words.words.items():
            values = tuple(w for _, w in named.meanings if isinstance(w, Owned))
            if values and len(key) >= SHORTEST_BARE:
                self.content[key] = values
        self.spelling = Spelling(self.content)


class Corrector:
    """Prepares the tokens of a sentence for one language and one shop."""

    def __init__(self, book: Phrasebook, shop: Shopbook, names: Names) -> None:
        self.book = book
        self.shop = shop
        self.names = names
        self.units = _keys(book.units)
        self.vocabulary = _keys(book.main) | _keys(book.months) | self.units
        self.vocabulary |= _keys(book.currencies) | _keys(book.suffixes) | _keys(book.ordinals)
        for node in (*book.slots.values(), *book.calendar):
            self.vocabulary |= _keys(node)
        self.vocabulary = self.vocabulary.union(*map(_keys, book.texts.values()))
        self.vocabulary |= _keys(book.decades) | _keys(book.eras) | _keys(book.people)
        numerals = book.numerals
        self.numbers = _keys(numerals.small) | _keys(numerals.hundreds) | _keys(numerals.large)
        self.numbers |= _keys(numerals.joined)
        self.vocabulary |= self.numbers | _keys(book.percents)
        self.content = self._content()
        self.heads = {
            key
            for key, node in book.main.words.items()
            if any(
                m in _HEADS or (m[0] == "events" and m[1].endswith(("noun", "buyers")))
                for m in node.meanings
            )
        }
        self.fields = self._fields()
        self.ways = {
            key
            for key, node in self.book.main.words.items()
            if any(s == "values" and n.partition(".")[0] in _WAYS for s, n in node.meanings)
        }
        self.function = self._function()
        nodes = self.book.main.words.items()
        self.vague = {
            key
            for key, node in nodes
            if node.meanings and all(m[0] == "vague" for m in node.meanings)
        }
        self.inhabitants = tuple(book.pack.section("endings").get("inhabitant", ()))
        self.unmarked: dict[str, set[str]] = defaultdict(set)
        for word in self.vocabulary:
            for typed in unmarked(word):
                self.unmarked[typed].add(word)
        self.spelling = (Spelling(self.content), Spelling(self.function), names.spelling)

    def _content(self) -> dict[str, tuple[object, ...]]:
        """Single words that a typo may stand for -> their meanings."""
        found: dict[str, tuple[object, ...]] = {}
        for key, node in self.book.main.words.items():
            meanings = {
                (section, name.rpartition(".")[0] if section == "events" else name)
                for section, name in node.meanings
                if section in _CONTENT or (section, name) == ("words", "member")
            }
            if meanings and len(key) >= SHORTEST_BARE:
                found[key] = tuple(sorted(meanings))
        return found

    def _fields(self) -> dict[str, frozenset[str]]:
        """Words for a field, or for members that have it -> the shop's fields: "guldnivå"."""
        found: dict[str, frozenset[str]] = {}
        for key, node in self.book.main.words.items():
            roles = {n for section, n in node.meanings if section == "fields"}
            having = (n for section, n in node.meanings if section == "values")
            roles |= {n.removesuffix(_KNOWN) for n in having if n.endswith(_KNOWN)}
            named = filter(None, map(self.shop.catalogue.field_by_role, roles))
            if fields := frozenset(field.name for field in named):
                found[key] = fields
        if tier := self.shop.catalogue.field_by_role("tier"):
            levels = self.book.pack.section("endings").get("level", ())
            found |= {key: frozenset({tier.name}) for key in levels}  # in a compound only
        if industry := self.shop.catalogue.field_by_role("industry"):
            named = self.book.pack.section("people").get("companies", ())
            for key in filter(str.isalpha, named):  # "gymföretag"
                found[key] = found.get(key, frozenset()) | {industry.name}
        return found

    def _function(self) -> set[str]:
        """Single words of structure, number or calendar, which no typo may become."""
        found = {
            key
            for key, node in self.book.main.words.items()
            if any(m[0] not in _CONTENT and m != ("words", "member") for m in node.meanings)
        }
        others = (self.book.months, self.book.units, self.book.currencies)
        calendar: tuple[Node[Any], ...] = (*others, *self.book.calendar)
        return found.union(self.numbers, *(node.words for node in calendar))

    def known(self, words: Sequence[str]) -> int:
        """How many of the words this language knows."""
        return len([word for word in words if word in self.vocabulary])

    def spelt(self, tokens: Sequence[Token]) -> int:
        """How many more of the words it would know with the letters that a keyboard lacked, or
        taken apart: "hårvårdskunder"."""
        unknown = (t for t in tokens if t.key not in self.vocabulary)
        return sum(t.key in self.unmarked or self._compound(t) for t in unknown)

    def _compound(self, token: Token) -> bool:
        unnamed = token.shape is Shape.WORD and token.key not in self.shop.keys
        return unnamed and bool(self._parts(token))

    def prepare(
        self, tokens: Sequence[Token], others: Sequence[Phrasebook]
    ) -> tuple[tuple[Token, ...], dict[int, str]]:
        """The tokens with compounds split and typos mended, and what each mended one is read as."""
        done: list[Token] = []
        corrections: dict[int, str] = {}
        whole = completed(tokens, self._named, self._whole_name)
        skipped = -1
        for at, token in enumerate(whole):
            if at == skipped:
                continue
            if done and self._ends(whole[at : at + 2], done[-1]):
                skipped = at + 1
                continue
            before = done[-1].key if done else ""
            joined = self._joined(whole[at : at + 2], others, before)
            joined = joined or self._begun(whole[at : at + 3], others)
            if joined and at not in self._inside_names(whole):
                corrections[len(done)] = joined.key
                done.append(joined)
                skipped = at + 1
            elif self._open(token) and (parts := self._parts(token)):
                done += parts  # "guldkunder", where the shop has a level of that name
            elif unit := self._unit_after(done[-1:], token):
                corrections[len(done)] = unit
                done.append(token._replace(key=unit, spaced=True))
            elif token.shape is not Shape.WORD or self._known(token.key, others):
                done.append(token)
            elif found := self._mended(token.key):
                corrections[len(done)] = found
                done.append(token._replace(key=found, spaced=True))
            else:
                done.append(token)
        return tuple(done), corrections

    def _ends(self, pair: Sequence[Token], before: Token) -> bool:
        """Whether a colon and an ending stand tight behind a word of the shop: "VD:ar"."""
        if len(pair) < 2 or pair[0].key != ":" or pair[0].spaced or pair[1].spaced:
            return False
        named = before.shape is Shape.WORD and before.key in self.shop.keys
        return named and pair[1].key in self.book.endings

    def _inside_names(self, tokens: Sequence[Token]) -> set[int]:
        """The places whose word and the next are part of one name or phrase as they stand."""
        found: set[int] = set()
        for at in range(len(tokens)):
            for trie in (self.shop.words, self.book.main):
                node: Node[Any] | None = trie
                for end in range(at, len(tokens)):
                    node = node.words.get(tokens[end].key) if node is not None else None
                    if node is None:
                        break
                    if node.meanings:
                        found.update(range(at, end))
        return found

    def _joined(
        self, pair: Sequence[Token], others: Sequence[Phrasebook], before: str
    ) -> Token | None:
        """A compound that was written as two words, one of which nobody knows: "hud vård"; or
        both are known and a value of the shop is meant: "sommar skor", but not "i sommar skor"."""
        if len(pair) < 2 or self._meant(key := pair[0].key + pair[1].key) is None:
            return None
        first, second = pair
        if any(token.shape is not Shape.WORD for token in pair) or not second.spaced:
            return None
        if min(len(first.key), len(second.key)) < SHORTEST_PART:
            return None
        named = self._named_here(key) and before not in self.book.prepositions
        if not named and all(self._stands(token.key, others) for token in pair):
            return None
        text = f"{first.text} {second.text}"
        return first._replace(text=text, key=key, end=second.end)

    def _begun(self, words: Sequence[Token], others: Sequence[Phrasebook]) -> Token | None:
        """A compound of three words, the first two of which are a value of the shop with the
        letter that ties it to the third: "hud vårds kunder"."""
        if len(words) < 3 or words[2].key not in self.heads:
            return None
        first, second, _ = words
        if second.shape is not Shape.WORD or self._known(second.key, others):
            return None
        for base in self._stems(second.key):
            whole = second.key != base and self._joined((first, second._replace(key=base)), (), "")
            if whole:
                return whole
        return None

    def _named(self, key: str) -> str | None:
        """What a word, or a compound, is known by: itself, or the value that it begins with."""
        if key in self.content or key in self.shop.words.words:
            return key
        parts = self._parts(Token(key, key, 0, len(key), Shape.WORD, spaced=True))
        return parts[0].key if parts else None

    def _known(self, key: str, others: Sequence[Phrasebook]) -> bool:
        names = self.shop.keys
        if key in self.vocabulary or key in names:
            return True
        if any(key in other.main.words for other in others):
            return True
        if len(key) >= SHORTEST_BARE and len(self.unmarked.get(key, ())) == 1:
            return False  # "i host" is autumn, and no form of a name
        return any(base in names for base in self.book.shifted(key)) or any(
            base in names for base, _ in self.book.parted(key)
        )

    def _open(self, token: Token) -> bool:
        """Whether a word is at most vague in this language, so that it may be a compound of a
        value, whatever it is in another language."""
        own = token.key in self.vocabulary or token.key in self.shop.keys
        return token.shape is Shape.WORD and (token.key in self.vague or not own)

    def _stands(self, key: str, others: Sequence[Phrasebook]) -> bool:
        """Whether a word says something by itself, and not only as part of a phrase."""
        nodes = (self.book.main.words.get(key), self.shop.words.words.get(key))
        alone = any(node is not None and node.meanings for node in nodes) or key in self.function
        return alone or (
            all(node is None for node in nodes)
            and key not in self.shop.keys
            and self._known(key, others)
        )

    def _whole_name(self, tokens: Sequence[Token]) -> bool:
        """Whether the shop has a name of more than two of the tokens, from the first on."""
        node: Node[Any] | None = self.shop.words
        for place, token in enumerate(tokens):
            node = node.words.get(token.key) if node is not None else None
            if node is None:
                return False
            if place > 1 and node.meanings:
                return True
        return False

    def _parts(self, token: Token) -> list[Token]:
        """A compound of a value and a noun for things or people: "hårvårdsprodukter"."""
        key = token.key
        if (place := self._place_of(key)) is not None:
            return [_token(token, place, token.start, token.end, spaced=token.spaced)]
        for at in range(SHORTEST_PART, len(key) - SHORTEST_PART + 1):
            first, second = key[:at], key[at:]
            fields = self.fields.get(second, frozenset())
            if second not in self.heads and not fields:
                continue
            for base in self._stems(first):
                node = self.shop.words.words.get(base)
                owned = [w for _, w in node.meanings if isinstance(w, Owned)] if node else []
                of_field = any(w.event is None and w.name in fields for w in owned)
                if of_field:
                    return [_token(token, base, token.start, token.end, spaced=token.spaced)]
                if second in self.heads and (owned or base in self.ways):
                    middle = token.start + len(base)
                    return [
                        _token(token, base, token.start, middle, spaced=token.spaced),
                        _token(token, second, middle, token.end, spaced=False),
                    ]
        return []

    def _stems(self, first: str) -> Iterator[str]:
        """What the first part of a compound may be by itself: "mjukvaru" is "mjukvara"."""
        for joint in filter(first.endswith, self.book.joints):
            yield first.removesuffix(joint)
        for joint, ending in self.book.shortened.items():
            if first.endswith(joint):
                yield first.removesuffix(joint) + ending

    def _place_of(self, key: str) -> str | None:
        """The place whose inhabitants a word names: "malmöbor", "stockholmare"."""
        for ending in filter(key.endswith, self.inhabitants):
            node = self.shop.words.words.get(key.removesuffix(ending))
            if node is not None:
                named = [w for _, w in node.meanings if isinstance(w, Owned) and w.event is None]
                if any(self.shop.is_place(w.name) for w in named):
                    return key.removesuffix(ending)
        return None

    def _mended(self, key: str) -> str | None:
        plain = bare(key)
        same = [w for each in self.spelling for w in each.marked(plain) if self._meant(w)]
        if key != plain:
            same = [word for word in same if _partly(key, word)]
        if len({frozenset(self._meant(word) or ()) for word in same}) == 1:
            return min(same, key=lambda word: (not self._own(word), word))
        if same:
            return None
        if key.isascii() and len(words := self.unmarked.get(key, ())) == 1:
            return next(iter(words))  # "i ar": of structure and time, too
        if len(key) < SHORTEST:
            return None
        limit = 2 if len(key) >= LONG else 1
        near = [
            (distance, word)
            for each in self.spelling
            for distance, word in each.near(key, limit)
            if len(word) >= SHORTEST or word in self.function or self._common_slip(key, word)
        ]
        if not near:
            return None
        least = min(distance for distance, _ in near)
        nearest = [word for distance, word in near if distance == least]
        if any(word in self.function for word in nearest):
            return None
        slips = [w for w in nearest if slip(key, w) or self._common_slip(key, w)]
        meanings = {
            frozenset(self._meant(word) or ()) for word in nearest
        }  # "opend": "opened", as good as "opens"
        return min(slips) if slips and len(meanings) == 1 else None

    def _common_slip(self, typed: str, word: str) -> bool:
        """Whether it is a slip in a word for what people do, or for them, as no other word is
        near: "köppt", "kundrr". A value's name may be nearer to another name: "Norrland"."""
        if word in self.names.content or not slip_of_common(typed, word):
            return False
        return any(m in _HEADS or m[0] == "events" for m in self.book.main.words[word].meanings)

    def _unit_after(self, before: Sequence[Token], token: Token) -> str | None:
        """The one unit that a word behind a number is without its marks: "50 ar"."""
        if not before or before[0].shape is not Shape.NUMBER or token.key in self.units:
            return None
        units = self.unmarked.get(token.key, set()) & self.units
        return min(units) if len(units) == 1 else None

    def _named_here(self, key: str) -> bool:
        """Whether it is a value by its name in this language."""
        node = self.shop.words.words.get(key)
        found = node.meanings if node is not None else ()
        return any(of == self.book.language and isinstance(w, Owned) for of, w in found)

    def _own(self, word: str) -> bool:
        """Whether a word is of this language, or of none as a name is."""
        node = self.shop.words.words.get(word)
        of = {language for language, _ in node.meanings} if node is not None else set()
        return word in self.content or bool(of & {None, self.book.language})

    def _meant(self, word: str) -> tuple[object, ...] | None:
        """What a single word of content means; the shop's own come first."""
        return self.names.content.get(word) or self.content.get(word)


def _partly(typed: str, word: str) -> bool:
    """Whether only some of a word's letters lack their marks, and none has another one: "Jönkoping"
    is Jönköping, "Malmø" is not."""
    pairs = zip(typed, word, strict=False)
    return len(typed) == len(word) and all(a in (b, bare(b)) for a, b in pairs)


def _token(token: Token, key: str, start: int, end: int, *, spaced: bool) -> Token:
    text = token.text[start - token.start : end - token.start]
    breaks = token.breaks and start == token.start
    return Token(text, key, start, end, Shape.WORD, spaced, breaks)


def _keys(node: Node[Any]) -> set[str]:
    found: set[str] = set()
    waiting = [node]
    while waiting:
        each = waiting.pop()
        found.update(each.words)
        waiting += [*each.words.values(), *each.slots.values()]
    return found
