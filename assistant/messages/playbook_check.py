"""What a playbook must keep to, so that no message of it is ever open, untrue or too long.

In: a file just read. Out: a mistake noted, with its line, for each rule broken. Start at `inspect`.
"""

from collections.abc import Mapping, Sequence

from assistant.messages import sms
from assistant.messages.channels import channels, measure
from assistant.messages.filling import needs, slots
from assistant.messages.merge_tags import TAGS, used
from assistant.messages.predicates import parsed
from assistant.messages.words import ALWAYS, SLOTS
from segments.catalogue_toml import Section, nearest

_TOP = ("priority", "when", "offer", "channels", "leaves_out", "ads", "excludes")
_OF_VARIANT = ("subject", "preheader", "opening", "line")
_OF_ALL = ("body", "call_to_action")
_OF_ADS = ("ad_headlines", "ad_descriptions", "ad_text")
_TONES = ("_informal", "_neutral", "_formal")
ROOM = 12  # letters that a first name or a company is given where a text is checked by itself

# Where a text goes, so that its shortest form has room in each; the SMS has the shop's name before
# it and the way out after it.
_GOES_TO: Mapping[str, Sequence[tuple[str, str]]] = {
    "subject": (("email", "subject"), ("push", "title"), ("banner", "headline")),
    "preheader": (("email", "preheader"),),
    "line": (("push", "text"), ("banner", "text")),
    "call_to_action": (("email", "call_to_action"),),
    "body": (("email", "body"),),
    "ad_text": (("meta", "primary_text"), ("linkedin", "introduction")),
}
_SHORTEST_SMS = 100  # what is left of one message with a name of 20 letters and the way out
_LIST_OF_ADS = {"ad_headlines": ("headline", 3), "ad_descriptions": ("description", 2)}


def inspect(top: Section, known: Sequence[str], languages: Sequence[str]) -> None:
    """Note every mistake of a playbook; `known` are the codes of all of them."""
    top.only(*_TOP, *languages)
    for key in ("channels", "leaves_out"):
        _names(top, key, tuple(channels()), "unknown_channel")
    _names(top, "excludes", tuple(known), "unknown_playbook")
    ads = top.optional("ads")
    if ads is not None and ads not in known:
        top.mistakes.add("unknown_playbook", ("ads",), ads, nearest(ads, list(known)))
    _predicates(top.section("when"))
    variants = {}
    for language in languages:
        if language not in top.content:
            top.mistakes.add("missing_language", (), language)
            continue
        variants[language] = _tongue(top.section(language), offer=top.flag("offer"), ads=ads)
    first = next(iter(variants.values()), ())
    for language, names in variants.items():
        for name in set(first) ^ set(names):
            top.mistakes.add("missing_variant", (language,), name)


def inspect_shop(top: Section) -> None:
    """Note every mistake of the file in which a shop speaks of itself."""
    top.only("name", "languages", "offer", "phrases", "discreet")
    for key in ("offer",):
        top.labels(key)
    for _, role in top.sections("phrases"):
        for _, phrases in role.sections_of_all():
            for language in phrases.content:
                phrases.check_language(language)
                phrases.text(language)


def _names(top: Section, key: str, known: tuple[str, ...], code: str) -> None:
    for name in top.texts(key):
        if name not in known:
            top.mistakes.add(code, (key,), name, nearest(name, known))


def _predicates(when: Section) -> None:
    when.only("all", "any", "none")
    for key in when.content:
        for text in when.texts(key):
            if parsed(text) is None:
                when.mistakes.add("unknown_predicate", (*when.where, key), text)


def _tongue(section: Section, *, offer: bool, ads: str | None) -> tuple[str, ...]:
    """The names of the variants."""
    names = tuple(key for key, value in section.content.items() if isinstance(value, dict))
    shared = [key for key in section.content if key not in names]
    needed = (*_OF_ALL, "angle", "avoid", *(() if ads else _OF_ADS))
    _present(section, shared, needed, (*_OF_ADS, *_OF_VARIANT))
    for key in shared:
        if key not in ("angle", "avoid"):
            _texts(section, key, offer=offer)
    if not names:
        section.mistakes.add("missing", section.where, "variant")
    for name in names:
        variant = section.section(name)
        given = [key for key in _OF_VARIANT if key in shared]
        _present(variant, list(variant.content), _OF_VARIANT, _OF_ALL, given)
        for key in variant.content:
            _texts(variant, key, offer=offer)
    return names


def _present(
    section: Section,
    found: Sequence[str],
    needed: Sequence[str],
    allowed: Sequence[str],
    given: Sequence[str] = (),
) -> None:
    for key in needed:
        if key not in found and key not in given:
            section.mistakes.add("missing", section.where, key)
    plain = (*needed, *allowed)
    known = [*plain, *(key + tone for key in plain for tone in _TONES)]
    for key in found:
        if key not in known:
            section.mistakes.add("unknown_key", (*section.where, key), key, nearest(key, known))


def _texts(section: Section, key: str, *, offer: bool) -> None:
    """Every text has known slots only; the last can always be said, and has room."""
    texts, where = section.texts(key), (*section.where, key)
    if not texts or not all(texts):
        section.mistakes.add("empty", where, key)
        return
    for text in texts:
        _slots(section, where, text, offer=offer)
    name = next((key.removesuffix(tone) for tone in _TONES if key.endswith(tone)), key)
    if name in _LIST_OF_ADS:
        _ads(section, where, texts, *_LIST_OF_ADS[name])
        return
    last = texts[-1]
    if missing := sorted((needs(last) - ALWAYS) | (used(last) & {"first_name"})):
        section.mistakes.add("needs_fact", where, ", ".join(missing))
        return
    received = _received(last)
    for channel, slot in _GOES_TO.get(name, ()):
        found = measure(channels()[channel].slot(slot), received)
        if not found.ideal:
            section.mistakes.add("too_long", where, f"{channel}, {slot}: {_over(found)}")
    if name == "line":
        counted = sms.counted(received)
        if counted.strange:
            section.mistakes.add("dear_sms", where, " ".join(counted.strange))
        elif counted.length > _SHORTEST_SMS:
            section.mistakes.add("too_long", where, f"sms: {counted.length} > {_SHORTEST_SMS}")


def _over(found: object) -> str:
    return f"{getattr(found, 'length', 0)} > {getattr(found, 'recommended', 0)}"


def _ads(
    section: Section, where: tuple[str, ...], texts: Sequence[str], slot: str, least: int
) -> None:
    """Enough of them can be said whatever the facts are, and fit."""
    room = channels()["google"].slot(slot)
    plain = [text for text in texts if not needs(text)]
    for text in plain:
        found = measure(room, _received(text))
        if not found.fits:
            section.mistakes.add("too_long", where, f"google, {slot}: {_over(found)}")
    if len(plain) < least:
        section.mistakes.add("too_few", where, str(least))


def _slots(section: Section, where: tuple[str, ...], text: str, *, offer: bool) -> None:
    if text.count("[") != text.count("]") or text.count("{") != text.count("}"):
        section.mistakes.add("brackets", where, text[:40])
    for name in sorted(slots(text) - set(SLOTS)):
        known = [*SLOTS, *TAGS]
        section.mistakes.add("unknown_slot", where, name, nearest(name, known))
    if "offer" in slots(text) and not offer:
        section.mistakes.add("offer_here", where, text[:40])


def _received(text: str) -> str:
    """A text as long as it can be without its optional sentences."""
    kept = text
    while "[" in kept:
        start = kept.index("[")
        kept = kept[:start] + kept[kept.index("]", start) + 1 :]
    for slot in (*TAGS, *ALWAYS):
        kept = kept.replace(f"{{{slot}}}", "x" * ROOM)
    return kept
