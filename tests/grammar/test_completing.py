"""Proposals keep a sentence readable: whoever takes them, whichever, ends with one that is read."""

import random
from dataclasses import replace

import pytest

from assistant.grammar.completing.completer import MOST, Completer
from assistant.grammar.completing.shelves import Shelf, key_of, phrase
from assistant.grammar.reader import Reader
from assistant.grammar.reading import Status
from benchmarks.bench_completing import foreseen
from segments.audiences import Audiences, Segment, folded
from segments.catalogue import Spoken
from segments.codec import to_text
from segments.definition import Records, exists
from tests.corpus.sentences import LANGUAGES, PHRASES
from tests.sample_shop import sample

PREFIXES = 40  # a language
STEPS = 4
LONGEST = 4  # words of a phrase that says nothing by itself


@pytest.fixture(scope="module")
def completer(reader: Reader) -> Completer:
    engine = sample().engine
    return Completer(reader, engine.values(), engine.uses())


def _prefixes(language: str) -> list[str]:
    """Beginnings of corpus sentences: after a word, inside a word, and before any."""
    drawn = random.Random(f"completing {language}")
    texts = [p.text for p in PHRASES if p.language == language and '"' not in p.text]
    some = drawn.sample(texts, PREFIXES)
    return ["", *(text[: drawn.randrange(1, len(text))] for text in some)]


def _leads_on(
    text: str, language: str, completer: Completer, reader: Reader, steps: int = LONGEST
) -> bool:
    """Whether a text can be read, or read with what is proposed for it a few times, as "who meet"
    wants "all", "of these" and a condition; where only who is meant has been said it is no segment
    yet."""
    if len(text.split()) <= 2 or reader.read(text, language).status is not Status.UNREAD:
        return True
    further = completer.complete(text, language)
    if any(reader.read(p.sentence, language).status is not Status.UNREAD for p in further):
        return True
    return steps > 0 and any(
        _leads_on(p.sentence, language, completer, reader, steps - 1) for p in further[:2]
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", [0, 1, 3, MOST - 1])
def test_taking_proposals_again_and_again_never_leaves_the_sentence_unread(
    language: str, place: int, completer: Completer, reader: Reader
) -> None:
    unread, taken = [], 0
    for prefix in _prefixes(language):
        text = prefix
        for _ in range(STEPS):
            proposals = completer.complete(text, language)
            if not proposals:
                break
            text = proposals[min(place, len(proposals) - 1)].sentence
            taken += 1
            if not _leads_on(text, language, completer, reader):
                unread.append((prefix, text))
                break
    assert unread == []
    assert taken > PREFIXES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_proposal_leads_to_a_text_that_can_be_read(
    language: str, completer: Completer, reader: Reader
) -> None:
    wrong, tried = [], 0
    for prefix in _prefixes(language):
        text = prefix.rpartition(" ")[0] + " "
        for each in completer.complete(text, language):
            tried += 1
            if not _leads_on(each.sentence, language, completer, reader):
                wrong.append(each.sentence)
    assert wrong == []
    assert tried > PREFIXES


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_words_of_a_sentence_are_proposed_when_their_first_letters_are_typed(
    language: str, completer: Completer
) -> None:
    """Measured over the whole corpus by `benchmarks.bench_completing`."""
    drawn = random.Random(f"words {language}")
    texts = [p.text for p in PHRASES if p.language == language and '"' not in p.text]
    some = drawn.sample(texts, PREFIXES)
    found = [met for text in some for met in foreseen(completer, text, language)]
    assert sum(found) > len(found) / 2 > PREFIXES


@pytest.mark.parametrize("language", LANGUAGES)
def test_proposals_are_few_differ_and_go_on_from_what_is_typed(
    language: str, completer: Completer
) -> None:
    for prefix in _prefixes(language):
        proposals = completer.complete(prefix, language)
        assert len(proposals) <= MOST
        assert len({each.sentence for each in proposals}) == len(proposals)
        for each in proposals:
            assert each.sentence == f"{prefix[: each.start]}{each.text} "
            typed = key_of(prefix[each.start :])
            assert key_of(each.text).startswith(typed)
            assert key_of(each.text) != typed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_is_proposed_whatever_was_typed_before(
    language: str, completer: Completer, reader: Reader
) -> None:
    engine = sample().engine
    for prefix in _prefixes(language)[::12]:
        for end in range(len(prefix)):
            completer.complete(prefix[:end], language)
        alone = Completer(reader, engine.values(), engine.uses()).complete(prefix, language)
        assert completer.complete(prefix, language) == alone


@pytest.mark.parametrize(
    ("language", "text"),
    [("da", "guld- eller p"), ("sv", "har köpt hår vårds produkter i s"), ("en", "gold- or s")],
)
def test_a_word_that_hangs_on_the_next_is_read_anew(
    language: str, text: str, reader: Reader
) -> None:
    engine = sample().engine
    alone, letters = (Completer(reader, engine.values(), engine.uses()) for _ in range(2))
    for end in range(len(text)):
        letters.complete(text[:end], language)
    assert letters.complete(text, language) == alone.complete(text, language)


@pytest.mark.parametrize(
    ("language", "text", "proposed"),
    [
        ("en", "customers who opened the newsletter and th", "then bought"),
        ("sv", "kunder som har öppnat nyhetsbrevet och se", "sedan köpt"),
        ("da", "kunder der har åbnet nyhedsbrevet og de", "derefter købt"),
        ("nb", "kunder som har åpnet nyhetsbrevet og de", "deretter kjøpt"),
        ("en", "customers who bought shampoo and conditioner in the sa", "same order"),
        ("en", "customers who bought more of", "often in store than online"),
        ("sv", "kunder som har handlat oft", "oftare i butik än online"),
        ("da", "kunder hvis se", "seneste køb var for mere end 90 dage siden"),
        ("nb", "kunder som har kjøpt hårpleie for fø", "første gang i år"),
        ("en", "customers who bought hair care as o", "of 1 January 2026"),
        ("en", "customers with at least h", "half of their orders on sale"),
        ("sv", "de 100 kunder i Sto", "Stockholm som har handlat för mest"),
        # single words that go on a phrase of the language's own
        ("en", "bought within the last 30 da", "days"),
        ("sv", "kunder som inte köpt senaste 45 da", "dagarna"),
        ("nb", "kunder som har bestilt tre ganger eller m", "mer"),
    ],
)
def test_phrases_of_every_kind_are_proposed(
    language: str, text: str, proposed: str, completer: Completer
) -> None:
    assert proposed in _texts(completer, text, language)


def test_a_verb_for_a_list_is_one_where_a_sentence_opens_and_nowhere_else(
    completer: Completer,
) -> None:
    assert not [t for t in _texts(completer, "women with a re", "en") if "order" in t]


def test_what_is_saved_is_proposed_by_its_name_at_once() -> None:
    engine = sample().engine
    reader = Reader(engine.catalogue, engine.values())
    completer = Completer(reader, engine.values(), engine.uses())
    text = "customers in the segment A"
    assert "Autumn sale" not in _texts(completer, text, "en")
    definition = Segment("Autumn sale", exists(Records("purchase")))
    reader.know(Audiences({folded("Autumn sale"): definition}))
    assert "Autumn sale" in _texts(completer, text, "en")
    assert reader.read("customers in the segment Autumn sale").status is Status.ANSWERED
    reader.know(Audiences())
    assert "Autumn sale" not in _texts(completer, text, "en")


# --- what comes, and in which order -----------------------------------------------------------


def _texts(completer: Completer, text: str, language: str) -> list[str]:
    return [each.text for each in completer.complete(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("en", "customers in g", "Göteborg"),
        ("en", "customers who bought hai", "hair care"),
        ("sv", "kunder i gote", "Göteborg"),
        ("sv", "kunder som har köpt HÅRV", "hårvård"),
        ("sv", "kunder som har köpt harv", "hårvård"),
        ("da", "kunder i kob", "København"),
        ("nb", "kunder i osl", "Oslo"),
        ("en", "customers who bought hair ", "care"),
        ("en", "customers who bought sleep in the last 45", "45 days"),
        ("en", "customers who bought sleep in the last 45 ", "days"),
        ("sv", "kunder som köpt sömn för över ", "500 kr"),
    ],
)
def test_a_word_is_completed(language: str, text: str, first: str, completer: Completer) -> None:
    assert _texts(completer, text, language)[0] == first


@pytest.mark.parametrize(
    ("language", "text", "offered", "never"),
    [
        ("en", "top 100 customers by ", "total spend", "in the last 30 days"),
        ("sv", "topp 100 kunder efter ", "antal köp", "senaste 30 dagarna"),
        ("da", "top 100 kunder efter ", "omsætning", "de seneste 30 dage"),
        ("nb", "topp 100 kunder etter ", "antall kjøp", "siste 30 dager"),
        ("en", "customers within 50 km of ", "Stockholm", "this year"),
        ("sv", "kunder inom 50 ", "km från Stockholm", "senaste 30 dagarna"),
        ("da", "kunder inden for 50 km af ", "Stockholm", "i år"),
        ("nb", "kunder innen 50 km fra ", "Stockholm", "i år"),
        ("en", "customers who bought shampoo but ", "not hair care", "in Stockholm"),
        ("sv", "kunder som köpt schampo men ", "inte hårvård", "i Stockholm"),
        ("da", "kunder der har købt shampoo men ", "ikke hårpleje", "i Stockholm"),
        ("nb", "kunder som har kjøpt sjampo men ", "ikke hårpleie", "i Stockholm"),
        ("en", "city = ", "Stockholm", "in Stockholm"),
        ("sv", "stad = ", "Stockholm", "i Stockholm"),
        ("en", "customers in Norway and ", "who have bought", "hair care"),
        ("sv", "kunder i Norge och ", "som har köpt", "hårvård"),
    ],
)
def test_what_goes_on_a_phrase_comes_and_what_would_mislead_does_not(
    language: str, text: str, offered: str, never: str, completer: Completer
) -> None:
    texts = _texts(completer, text, language)
    assert offered in texts
    assert never not in texts


@pytest.mark.parametrize("text", ["spend > ", "customers with points > ", "ålder > "])
def test_no_number_is_guessed_after_a_sign(text: str, completer: Completer) -> None:
    assert completer.complete(text) == ()


def test_values_come_by_use_and_not_by_the_alphabet(completer: Completer) -> None:
    cities = [e.text for e in completer.complete("customers in ", "en") if e.kind == "place"]
    uses = sample().engine.uses()
    counts = [uses["city", city] for city in cities]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == max(count for (owner, _), count in uses.items() if owner == "city")


def test_after_a_verb_come_things_times_and_amounts(completer: Completer) -> None:
    kinds = [each.kind for each in completer.complete("customers who have bought ", "en")]
    assert {"category", "time", "amount"} <= set(kinds)
    assert max(kinds.count(kind) for kind in kinds) <= 3


def test_after_a_place_word_come_places_only(completer: Completer) -> None:
    kinds = {each.kind for each in completer.complete("kvinnor i ", "sv")}
    assert kinds <= {"place", "region", "time"}
    assert "place" in kinds


def test_what_contradicts_or_was_said_is_not_proposed(completer: Completer) -> None:
    texts = _texts(completer, "women in Oslo who are ", "en")
    assert not {"men", "Oslo"} & set(texts)
    assert "hårvård" not in _texts(completer, "kunder som köpt hårvård eller ", "sv")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "customers who blorptastic ",
            "custmoers wih ",
            "x\u202ey",
            "a " * 600,
            "()((",
            "köpt \x00 ",
        ),
        "e-mail average rating ",
    ],
)
def test_where_nothing_can_be_read_on_nothing_is_proposed(text: str, completer: Completer) -> None:
    assert completer.complete(text, "en") == ()


def test_a_sentence_in_another_language_goes_on_in_it(completer: Completer) -> None:
    assert "som har köpt" in _texts(completer, "kunder i Stockholm ", "en")


# --- shelves ----------------------------------------------------------------------------------


def test_a_big_shelf_gives_the_same_as_looking_through_it() -> None:
    drawn = random.Random(7)
    words = ["".join(drawn.choices("aåbo ", k=drawn.randrange(1, 7))) for _ in range(6000)]
    phrases = [phrase(word, "value", drawn.randrange(10**9)) for word in dict.fromkeys(words)]
    shelf = Shelf(phrases)
    for prefix in ("", "a", "å", "ab", "b o", "oooo", "aaaaaaaa", "x"):
        begun = [each for each in phrases if each.key.startswith(key_of(prefix))]
        expected = sorted(begun, key=lambda each: -each.uses)
        found = shelf.beginning(key_of(prefix))
        assert found == expected[: len(found)]
        assert len(found) == min(12, len(expected))


def test_a_shop_with_other_money_is_offered_its_own() -> None:
    engine = sample().engine
    spoken = (Spoken("city", "Oslo", "Oslo"),)
    euros = Reader(replace(engine.catalogue, currency="EUR"), spoken)
    texts = _texts(Completer(euros, spoken, {}), "customers who have spent ", "en")
    assert any("EUR" in text for text in texts)
    assert not any("kr" in text for text in texts)


def test_a_proposal_means_what_it_would_mean_when_typed(
    completer: Completer, reader: Reader
) -> None:
    for each in completer.complete("kunder som har köpt ", "sv"):
        if each.kind == "category":
            definition = reader.read(each.sentence, "sv").definition
            assert definition is not None
            assert "count(purchase where category =" in to_text(definition)
