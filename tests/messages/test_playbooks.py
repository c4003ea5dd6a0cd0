"""The playbooks that come along keep to the rules, and each mistake in a shop's own is found."""

import re
from collections.abc import Iterator
from importlib import resources
from itertools import permutations, product
from pathlib import Path

import pytest

from assistant.languages.texts import texts
from assistant.messages.facts import NUMBERS
from assistant.messages.filling import after, slots
from assistant.messages.playbooks import Tongue, load
from assistant.messages.voices import TONES, written
from assistant.messages.words import SLOTS
from segments.errors import Shown
from segments.problems import BadPlaybook

KINDS = {
    "new_customer", "second_purchase", "loyal", "at_risk", "win_back", "inactive", "never_bought",
    "need", "category", "brand", "price", "eco", "birthday", "anniversary", "cart", "browse",
    "season", "vip", "unopened", "service", "subscription", "business", "local", "store", "generic",
}  # fmt: skip
CHECKED = written()
# What only some trades have: parcels, goods that run out, sizes, homes they are used in.
TRADES = {
    "sv": r"leverer|leverans|paket|frakt|i lager|storlek|hemma",
    "da": r"lever(?:er|ing)|pakke|fragt|på lager|størrelse|derhjemme|løbe tør|fylde op",
    "nb": r"lever(?:er|ing)|pakke|frakt|på lager|størrelse|hjemme|gå tom|fylle på|ta slutt",
    "en": r"deliver|parcel|shipping|in stock|\bsizes?\b|at home|run(?:ning)? (?:low|out)|refill",
}
ONE = """priority = 60
channels = ["email", "sms"]
ads = "generic"

[when]
any = ["says field.city", "discount_share >= 0.6"]

[sv]
angle = "Idé"
avoid = ["Inget"]
body = "[{products}] Hej."
call_to_action = ["Titta in"]
[sv.help]
subject = ["För {category}", "För dig"]
preheader = ["Kort"]
opening = "Hej hej."
line = ["Hej på dig."]
"""


def folder(tmp_path: Path, text: str, name: str = "ours.toml") -> Path:
    (tmp_path / "shop.toml").write_text('languages = ["sv"]\n', encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def mistakes(place: Path) -> list[BadPlaybook]:
    with pytest.raises(Shown) as shown:
        load(place)
    return [each for each in shown.value.problems if isinstance(each, BadPlaybook)]


def test_every_kind_has_its_playbook_in_four_languages() -> None:
    books = load().books
    assert set(books) == KINDS
    for book in books.values():
        assert set(book.tongues) == set(written())
        for tongue in book.tongues.values():
            assert 2 <= len(tongue.variants) <= 3
            assert tongue.angle
            assert tongue.avoid


def test_every_variant_has_a_name_and_every_tone_a_greeting_in_every_language() -> None:
    found = load()
    tongues = [each for book in found.books.values() for each in book.tongues.values()]
    used = {name for each in tongues for name in each.variants}
    for language in written():
        voice = found.voice(language)
        assert used <= set(voice.variants)
        for tone in TONES:
            assert voice.said(tone, "greeting").count("{first_name}") == 1
            assert "{" not in voice.said(tone, "nameless")
            assert "{shop}" in voice.said(tone, "closing")
            assert voice.said(tone, "opt_out")


@pytest.mark.parametrize("language", written())
def test_every_number_has_a_reason_in_words(language: str) -> None:
    for name in NUMBERS:
        assert "7" in texts(language).message(f"fact_{name}", value="7", what="x")


def test_playbooks_for_new_customers_never_speak_of_price() -> None:
    book = load().books["new_customer"]
    assert not book.offer
    assert {"price", "loyal", "vip"} <= set(book.excludes)


def test_every_slot_that_is_used_is_explained_and_every_one_explained_is_used() -> None:
    root = resources.files("assistant.messages") / "playbooks"
    written = " ".join(file.read_text(encoding="utf-8") for file in root.iterdir())
    voices = (resources.files("assistant.messages") / "voices.toml").read_text(encoding="utf-8")
    used = {name.lower() for name in re.findall(r"\{(\w+)\}", written + voices)}
    assert used - {"first_name", "company"} <= set(SLOTS)
    assert set(SLOTS) - used == set()


def every_tongue(*languages: str) -> Iterator[tuple[str, Tongue]]:
    for code, book in load().books.items():
        for language in languages or written():
            yield f"{code}.{language}", book.tongues[language]


def texts_of(tongue: Tongue, *names: str) -> Iterator[str]:
    """The texts of these names in every variant, or for all of them, and in every tone."""
    for group in (tongue.shared, *tongue.variants.values()):
        for key, said in group.items():
            if key.removesuffix("_formal") in names:
                yield from said


@pytest.mark.parametrize("language", written())
def test_every_playbook_has_a_short_name_of_its_own(language: str) -> None:
    names = [tongue.name for _, tongue in every_tongue(language)]
    assert len(set(names)) == len(names)
    for name in names:
        assert 4 <= len(name) <= 45
        assert not re.search(r"[:?!.]|,$", name), name


@pytest.mark.parametrize("language", CHECKED)
def test_what_names_a_category_lists_its_products(language: str) -> None:
    """`products` are of every category: above them "favourites in skin care" would be untrue."""
    for where, tongue in every_tongue(language):
        if "products" in slots(" ".join(texts_of(tongue, "body"))):
            above = " ".join(texts_of(tongue, "subject", "preheader", "opening"))
            of_one = {"category", "own_category", "rating", "reviews", "brand", "goal"}
            assert not of_one & slots(above), where


@pytest.mark.parametrize("language", CHECKED)
def test_no_text_announces_a_list_that_may_not_be_there(language: str) -> None:
    """A list needs three products that enough have bought, so that an opening stands without it."""
    for where, tongue in every_tongue(language):
        for opening in texts_of(tongue, "opening"):
            assert not opening.endswith(":"), where


@pytest.mark.parametrize("language", CHECKED)
def test_a_text_message_has_no_colon_but_that_after_the_sender(language: str) -> None:
    for where, tongue in every_tongue(language):
        assert not [line for line in texts_of(tongue, "line") if ":" in line], where


@pytest.mark.parametrize("language", CHECKED)
def test_two_variants_of_a_playbook_do_not_say_the_same(language: str) -> None:
    """Nothing is learned from a test of a text against itself."""
    for where, tongue in every_tongue(language):
        for name in ("subject", "opening", "line"):
            said = [variant[name][-1].rstrip(".?!") for variant in tongue.variants.values()]
            assert len(set(said)) == len(said), (where, name)
            for one, other in permutations(said, 2):
                assert not one.endswith(other), (where, name)


@pytest.mark.parametrize("language", ["sv", "da"])
def test_a_push_does_not_turn_its_headline_round(language: str) -> None:
    """ "What others choose" above "See what others choose" is one text for the room of two."""
    for where, tongue in every_tongue(language):
        for variant in tongue.variants.values():
            for above, below in product(variant["subject"], variant["line"]):
                words = set(re.findall(r"\w{5,}|\{\w+\}", above.casefold())) - {"{first_name}"}
                rest = re.findall(r"\w{5,}|\{\w+\}", after(above, below).casefold())
                assert len(words) < 2 or not words <= set(rest), (where, above, below)


@pytest.mark.parametrize(("language", "words"), TRADES.items())
def test_no_text_takes_the_trade_of_the_shop_for_granted(language: str, words: str) -> None:
    """A gym sends no parcels, a theatre has no sizes, and neither has anything that runs out."""
    names = ("subject", "preheader", "opening", "line", "body", "ad_headlines", "ad_text")
    for where, tongue in every_tongue(language):
        for text in texts_of(tongue, *names, "ad_descriptions", "call_to_action"):
            assert not re.search(words, text, re.IGNORECASE), (where, text)


@pytest.mark.parametrize("language", written())
def test_quotation_marks_are_those_of_the_language(language: str) -> None:
    wrong = {
        "sv": r"[“„«»\"']",
        "da": r"[“”„\"']",
        "nb": r"[“”„\"']",
        "en": r"[„«»\"]",
    }[language]
    names = ("subject", "preheader", "opening", "line", "body", "ad_headlines", "ad_text")
    for where, tongue in every_tongue(language):
        for text in (tongue.angle, *tongue.avoid, *texts_of(tongue, *names)):
            assert not re.search(wrong, text), (where, text)


def test_a_danish_clause_has_its_comma() -> None:
    """Before every clause, in every text: one of the two ways to write, held throughout."""
    clause = re.compile(
        r"\b(?:se|ved|vide|fortæl(?: os)?|spørg(?: os)?|vis|sig|fortæller|find ud af)"
        r" (?:hvad|hvor|hvordan|hvem|hvilke[nt]?|om)\b|\bdet (?:andre|kunder|mange|flest) ",
        re.IGNORECASE,
    )
    names = ("subject", "preheader", "opening", "line", "body", "ad_headlines", "ad_text")
    for where, tongue in every_tongue("da"):
        for text in (*tongue.avoid, *texts_of(tongue, *names, "ad_descriptions", "call_to_action")):
            found = clause.search(text)
            assert found is None, (where, text)


def test_a_shop_adds_a_playbook_and_replaces_one(tmp_path: Path) -> None:
    folder(tmp_path, ONE)
    folder(tmp_path, ONE.replace("priority = 60", "priority = 7"), "local.toml")
    books = load(tmp_path).books
    assert books["ours"].priority == 60
    assert books["local"].priority == 7
    assert set(books["local"].tongues) == {"sv"}
    assert set(books) == KINDS | {"ours"}


@pytest.mark.parametrize(
    ("change", "code", "line", "found"),
    [
        (("{products}", "{productz}"), "unknown_slot", 11, "productz"),
        (('"För dig"', '"Till {city}"'), "needs_fact", 14, "city"),
        (('"Hej hej."', '"Hej {first_name}."'), "needs_fact", 16, "first_name"),
        (('"För dig"', f'"{"x" * 51}"'), "too_long", 14, "email, subject: 51 > 50"),
        (('["Titta in"]', f'["{"x" * 26}"]'), "too_long", 12, "email, call_to_action: 26 > 25"),
        (('["Hej på dig."]', f'["{"x" * 101}"]'), "too_long", 17, "sms: 101 > 100"),
        (('["Hej på dig."]', '["Hej – du."]'), "dear_sms", 17, "–"),
        (('"Hej hej."', '"{offer}"'), "offer_here", 16, "{offer}"),
        (('"[{products}] Hej."', '"[{products} Hej."'), "brackets", 11, "[{products} Hej."),
        (("says field.city", "says field.town"), "unknown_predicate", 6, "says field.town"),
        (("discount_share >= 0.6", "discount > 1"), "unknown_predicate", 6, "discount > 1"),
        (('"sms"', '"fax"'), "unknown_channel", 2, "fax"),
        (('ads = "generic"', 'leaves_out = ["fax"]'), "unknown_channel", 3, "fax"),
        (('ads = "generic"', 'ads = "nothing"'), "unknown_playbook", 3, "nothing"),
        (("preheader", "preheadr"), "unknown_key", 15, "preheadr"),
        (('angle = "Idé"\n', ""), "missing", 8, "angle"),
        (("[sv]", "[sv"), "syntax", 8, "[sv"),
        (('["Kort"]', "[]"), "empty", 15, "preheader"),
        (("[sv", "[da"), "missing_language", 1, "sv"),
        (('ads = "generic"\n', ""), "missing", 7, "ad_headlines"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(
    tmp_path: Path, change: tuple[str, str], code: str, line: int, found: str
) -> None:
    assert change[0] in ONE
    told = mistakes(folder(tmp_path, ONE.replace(*change)))
    assert (code, line, found) in {(each.code, each.line, each.found) for each in told}
    assert {each.where for each in told} == {"ours.toml"}
    for language in written():
        for each in told:
            assert "ours.toml" in texts(language).problem(each)


def test_a_language_without_a_variant_is_told(tmp_path: Path) -> None:
    both = ONE + ONE[ONE.index("[sv]") :].replace("[sv", "[da").replace(".help", ".proof")
    (tmp_path / "shop.toml").write_text('languages = ["sv", "da"]\n', encoding="utf-8")
    (tmp_path / "ours.toml").write_text(both, encoding="utf-8")
    told = {(each.code, each.line, each.found) for each in mistakes(tmp_path)}
    assert told == {("missing_variant", 18, "help"), ("missing_variant", 18, "proof")}


def test_a_shops_own_name_offer_and_phrases_are_read(tmp_path: Path) -> None:
    text = 'name = "Vår"\noffer.sv = "Fri frakt"\n[phrases.need]\nacne = { sv = "klar hy" }\n'
    (tmp_path / "shop.toml").write_text(text, encoding="utf-8")
    own = load(tmp_path).own
    assert (own.name, own.offer, own.phrase("need", "acne", "sv")) == (
        "Vår",
        {"sv": "Fri frakt"},
        "klar hy",
    )
    assert own.phrase("need", "acne", "da") is None


def test_a_mistake_in_the_shops_own_file_has_its_line(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_text('name = "Vår"\nnamn = "x"\n', encoding="utf-8")
    assert [(e.where, e.code, e.line) for e in mistakes(tmp_path)] == [
        ("shop.toml", "unknown_key", 2)
    ]


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_bytes(b"\xff\xfe\x00")
    assert [each.code for each in mistakes(tmp_path)] == ["not_utf8"]
