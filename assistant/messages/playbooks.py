"""Playbooks: what to say to a kind of segment, as data that people read and edit.

In: the files of `playbooks/` and `voices.toml` beside this module, and those of a shop's folder.
Out: `Playbooks`, or every mistake with its file and line. The format is told in docs/playbooks.md.
Start at `load`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path

from assistant.languages.files import FALLBACK
from assistant.messages.playbook_check import inspect, inspect_shop
from assistant.messages.predicates import When, parsed
from assistant.messages.voices import Voice, data, voices
from assistant.messages.voices import written as in_languages
from segments.catalogue_toml import Mistakes, Section, parse
from segments.errors import Shown
from segments.problems import BadPlaybook

SHOP = "shop"  # the file with the shop's own name, offer and phrases
_META = frozenset({"angle", "avoid"})
_AFTER_NAME = re.compile(r":| – ")

Texts = tuple[str, ...]  # the same thing said ever shorter


@dataclass(frozen=True, slots=True)
class Tongue:
    """A playbook in one language: texts by name, those of a variant before those of all."""

    angle: str
    avoid: Texts
    shared: Mapping[str, Texts]
    variants: Mapping[str, Mapping[str, Texts]]

    @property
    def name(self) -> str:
        """What its angle says before the colon; a comma may stand inside that."""
        return _AFTER_NAME.split(self.angle)[0].strip().rstrip(".")

    def texts(self, variant: str, name: str, tone: str) -> Texts:
        """The texts of a name, in a tone where it has its own; none when nobody wrote any."""
        for key in (f"{name}_{tone}", name):
            for source in (self.variants.get(variant, {}), self.shared):
                if key in source:
                    return source[key]
        return ()


@dataclass(frozen=True, slots=True)
class Playbook:
    """One kind of message. `offer`: it may speak of the shop's offer; `leaves_out`: channels it is
    wrong in; `ads`: whose texts stand in advertising networks; `excludes`: what is not said beside
    it."""

    code: str
    priority: int
    when: When
    offer: bool
    channels: Texts
    leaves_out: Texts
    ads: str
    excludes: Texts
    tongues: Mapping[str, Tongue]

    def tongue(self, language: str) -> Tongue:
        """The playbook in a language, or in English, or in the first that a shop wrote it in."""
        known = self.tongues
        return known.get(language) or known.get(FALLBACK) or next(iter(known.values()))


@dataclass(frozen=True, slots=True)
class Own:
    """What a shop says of itself: texts by language, and phrases for the values of its data."""

    name: str = ""
    languages: Texts = ()
    offer: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    discreet: Texts = ()  # how words begin that keep a product out of messages

    def phrase(self, role: str, code: str, language: str) -> str | None:
        """What to call a value in a message, where its label does not stand well in a sentence."""
        return self.phrases.get(role, {}).get(code, {}).get(language)


@dataclass(frozen=True, slots=True)
class Playbooks:
    """Everything that messages are written from."""

    books: Mapping[str, Playbook]
    tones: tuple[tuple[str, When], ...]  # which tone is proposed, the first that applies
    own: Own

    def voice(self, language: str) -> Voice:
        """The voice of a language; English for those without."""
        return voices().get(language) or voices()[FALLBACK]


def load(folder: Path | None = None) -> Playbooks:
    """The playbooks, with those of a shop's folder in place of their namesakes; raises Shown with
    every mistake."""
    written = dict(_texts_of(folder)) if folder is not None and folder.is_dir() else {}
    mistakes: list[BadPlaybook] = []
    own = _own(written.pop(SHOP, ""), mistakes)
    known = (*_built_in(), *written)
    theirs = {
        code: book
        for code, text in written.items()
        if (book := _book(code, text, known, own.languages or in_languages(), mistakes)) is not None
    }
    if mistakes:
        raise Shown(*mistakes)
    return Playbooks({**_built_in(), **theirs}, _proposed(), own)


def _texts_of(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.glob("*.toml")):
        try:
            yield file.stem, file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise Shown(BadPlaybook(file.name, "not_utf8", 1, file.name)) from error


@cache
def _built_in() -> Mapping[str, Playbook]:
    root = resources.files("assistant.messages") / "playbooks"
    texts = {
        file.name.removesuffix(".toml"): file.read_text(encoding="utf-8")
        for file in sorted(root.iterdir(), key=lambda each: each.name)
        if file.name.endswith(".toml")
    }
    mistakes: list[BadPlaybook] = []
    found = {
        code: _book(code, text, tuple(texts), in_languages(), mistakes)
        for code, text in texts.items()
    }
    if mistakes:
        raise Shown(*mistakes)
    return {code: book for code, book in found.items() if book is not None}


def _book(
    code: str, text: str, known: Texts, languages: Texts, mistakes: list[BadPlaybook]
) -> Playbook | None:
    found = Mistakes()
    top = parse(text, found)
    if top is not None:
        inspect(top, known, languages)
    mistakes.extend(_named(code, found))
    if top is None or found.items:
        return None
    tongues = {each: _tongue(top.section(each)) for each in in_languages() if each in top.content}
    ads = str(top.content.get("ads", code))
    return Playbook(
        code,
        int(top.content.get("priority", 0)),
        _when(top.section("when")),
        top.flag("offer"),
        top.texts("channels") or ("email",),
        top.texts("leaves_out"),
        ads,
        top.texts("excludes"),
        tongues,
    )


def _tongue(section: Section) -> Tongue:
    shared: dict[str, Texts] = {}
    variants: dict[str, Mapping[str, Texts]] = {}
    for key, value in section.content.items():
        if isinstance(value, dict):
            variants[key] = section.section(key).codes_of_all()
        elif key not in _META:
            shared[key] = section.texts(key)
    return Tongue(section.text("angle"), section.texts("avoid"), shared, variants)


def _when(section: Section) -> When:
    parts = [
        tuple(each for text in section.texts(key) if (each := parsed(text)) is not None)
        for key in ("all", "any", "none")
    ]
    return When(*parts)


def _own(text: str, mistakes: list[BadPlaybook]) -> Own:
    found = Mistakes()
    top = parse(text, found)
    if top is not None:
        inspect_shop(top)
    mistakes.extend(_named(SHOP, found))
    if top is None or found.items:
        return Own()
    phrases = {
        role: {code: inner.names(code) for code in inner.content}
        for role, inner in top.section("phrases").sections_of_all()
    }
    offer, discreet = top.names("offer"), top.texts("discreet")
    return Own(top.text("name"), top.texts("languages"), offer, phrases, discreet)


def _proposed() -> tuple[tuple[str, When], ...]:
    return tuple(
        (each["tone"], _when(Section(each, (), Mistakes()))) for each in data()["proposed_tones"]
    )


def _named(code: str, found: Mistakes) -> list[BadPlaybook]:
    """The mistakes of one file, with its name."""
    return [
        BadPlaybook(f"{code}.toml", each.code, each.line, each.found, each.suggestions)
        for each in found.items
    ]
