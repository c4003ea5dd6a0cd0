"""The canonical text of a definition, typed as a sentence, is that definition; where prose says
something else in the same words, it is one of the choices."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from assistant.grammar.canonical import signed, spelled
from assistant.grammar.reader import LONGEST, MOST_TOKENS, Reader
from assistant.grammar.reading import Status, WordStatus
from assistant.grammar.tokens import strange, tokenize
from segments.codec import from_text, to_text
from segments.definition import Condition
from segments.rewrites import simplify
from tests.corpus.sentences import PHRASES, Phrase
from tests.sample_shop import sample
from tests.strategies import conditions_of

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _readable(text: str) -> bool:
    return len(text) <= LONGEST and len(tokenize(text)) <= MOST_TOKENS and not strange(text)


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of the catalogue
@UNHURRIED
@given(st.deferred(lambda: conditions_of(sample().reader.catalogue)))
def test_canonical_text_typed_as_a_sentence_is_its_definition(definition: Condition) -> None:
    reader = sample().reader
    text = to_text(definition)
    assume(_readable(text))
    reading = reader.read(text)
    if reading.status is Status.ASKS and not signed(text):
        (question,) = reading.questions
        index = [choice.definition for choice in question.choices].index(simplify(definition))
        reading = reader.read(text, answers={question.key: index})
    assert reading.status is Status.ANSWERED, text
    assert reading.definition == simplify(definition)
    assert [w.text for w in reading.words if w.status is WordStatus.UNKNOWN] == []


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.id)
def test_no_sentence_is_canonical_by_accident(phrase: Phrase, reader: Reader) -> None:
    """Where a sentence of the corpus spells a definition too, it is the one it means."""
    found = spelled(phrase.text, reader.catalogue)
    assert found is None or simplify(found) == simplify(from_text(phrase.means))


@pytest.mark.parametrize(
    "text",
    [
        'citty = "Oslo"',
        "age > 40 and",
        'city  =  "Oslo"',
        "city = Oslo",
        'CITY = "Oslo"',
        "count(purchases) >= 1",
        "women in Oslo",
    ],
)
def test_what_no_definition_prints_as_is_not_canonical(text: str, reader: Reader) -> None:
    assert spelled(text, reader.catalogue) is None


@pytest.mark.parametrize(
    ("text", "returning"),
    [
        ("birth_date in january", "anniversary(birth_date) in january"),
        ("not birth_date in H2", "not anniversary(birth_date) in H2"),
    ],
)
def test_what_prose_reads_otherwise_is_asked(text: str, returning: str, reader: Reader) -> None:
    """A birthday in January is of any year; the definition means the latest January."""
    reading = reader.read(text)
    assert reading.status is Status.ASKS
    (question,) = reading.questions
    choices = [to_text(c.definition) for c in question.choices if c.definition is not None]
    assert choices == [returning, text]
    answered = [reader.read(text, answers={question.key: index}) for index in range(2)]
    assert [to_text(each.definition) for each in answered if each.definition] == choices


def test_the_words_of_a_canonical_text_cite_their_conditions(reader: Reader) -> None:
    reading = reader.read('age > 40 and not city = "Oslo"')
    assert [(w.text, w.status, w.condition) for w in reading.words] == [
        ("age", WordStatus.USED, 0),
        (">", WordStatus.USED, 0),
        ("40", WordStatus.USED, 0),
        ("and", WordStatus.STRUCTURE, None),
        ("not", WordStatus.STRUCTURE, None),
        ("city", WordStatus.USED, 1),
        ("=", WordStatus.USED, 1),
        ('"Oslo"', WordStatus.USED, 1),
    ]


def test_a_quoted_value_that_the_data_do_not_have_is_told(reader: Reader) -> None:
    reading = reader.read('city = "Atlantis"')
    assert [(n.code, dict(n.values)) for n in reading.defaults] == [
        ("value_not_in_data", {"words": "Atlantis"})
    ]
