"""What may be taught and what not, on the small shop; nothing is kept here."""

from collections.abc import Iterator

import pytest

from assistant.answers import Shop
from assistant.answers.teaching import Teacher
from assistant.grammar.reading import Status
from segments.catalogue import Rule, Taught
from segments.errors import Shown
from segments.problems import BadLesson, UnknownEvent, UnknownField, UnknownValue
from tests import small_shop


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Teacher]:
    folder = small_shop.write(tmp_path_factory.mktemp("taught"))
    with Shop.open(folder, cache_dir=tmp_path_factory.mktemp("cache")) as shop:
        yield Teacher(shop)
        assert shop.catalogue.rules == {}
        assert shop.catalogue.words == ()


@pytest.mark.parametrize(
    ("word", "language", "code"),
    [
        ("not", "en", "structure"),
        ("not", "sv", "structure"),
        ("inte", "sv", "structure"),
        ("only", "en", "structure"),
        ("kun", "da", "structure"),
        ("or", "en", "structure"),
        ("eller", "nb", "structure"),
        ("not zorps", "en", "structure"),
        ("zorps and", "en", "structure"),
        ("in", "en", "structure"),
        ("customers", "en", "structure"),
        ("March", "en", "time"),
        ("mars", "sv", "time"),
        ("monday", "en", "time"),
        ("påske", "da", "time"),
        ("week", "en", "time"),
        ("i går", "sv", "time"),
        ("seven", "en", "number"),
        ("tusen", "nb", "number"),
        ("kroner", "en", "number"),
        ("Oslo", "en", "value"),
        ("hair care", "sv", "value"),
        ("42", "en", "shape"),
        ("a, b", "en", "shape"),
        ("“zorps”", "en", "shape"),
        ("", "en", "shape"),
        ("z " * 5, "en", "shape"),
        ("z" * 41, "en", "shape"),
    ],
)
def test_words_that_keep_their_meaning(
    teacher: Teacher, word: str, language: str, code: str
) -> None:
    with pytest.raises(Shown) as refused:
        teacher.value(word, language, "city", "Bergen")
    (problem,) = refused.value.problems
    assert isinstance(problem, BadLesson)
    assert problem.code == code


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("purple elephants", "not_read"),
        ("", "not_read"),
        ("how many customers in Oslo", "not_read"),
        ("loyal customers", "asks"),
    ],
)
def test_explanations_that_are_none(teacher: Teacher, sentence: str, code: str) -> None:
    with pytest.raises(Shown) as refused:
        teacher.rule("zorps", "en", sentence)
    (problem,) = refused.value.problems
    assert isinstance(problem, BadLesson)
    assert problem.code == code


def test_what_is_not_there_is_told_with_what_is_near(teacher: Teacher) -> None:
    for lesson, kind, near in (
        (lambda: teacher.value("zorps", "en", "city", "Stokholm"), UnknownValue, "Stockholm"),
        (lambda: teacher.name("zorps", "en", "citty"), UnknownField, "city"),
        (lambda: teacher.event("zorps", "en", "purchases", "noun"), UnknownEvent, "purchase"),
    ):
        with pytest.raises(Shown) as refused:
            lesson()
        (problem,) = refused.value.problems
        assert isinstance(problem, kind)
        assert near in problem.suggestions


@pytest.mark.parametrize(
    ("word", "language", "known"),
    [
        ("zorps", "en", False),
        ("mallis", "sv", False),
        ("bought", "en", True),
        ("lojala", "sv", True),
        ("ålder", "sv", True),
        ("Stokholm", "en", True),  # read with its typo mended
        ("bought hair care", "en", True),  # its words are understood together
    ],
)
def test_words_that_mean_something_today(
    teacher: Teacher,
    word: str,
    language: str,
    known: bool,  # noqa: FBT001
) -> None:
    assert teacher.known(word, language) is known


@pytest.mark.parametrize(
    ("word", "language", "name", "labels"),
    [
        ("Mumlare", "sv", "mumlare", {"sv": ("Mumlare",)}),
        ("bästisar på ön", "sv", "bastisar_pa_on", {"sv": ("bästisar på ön",)}),
        ("lojala", "sv", "loyal", {}),  # the concept's: it holds in all languages
        ("regulars", "en", "loyal", {}),
    ],
)
def test_the_name_of_a_rule(
    teacher: Teacher, word: str, language: str, name: str, labels: dict[str, tuple[str, ...]]
) -> None:
    rule = teacher.rule(word, language, 'city = "Oslo" and age > 30')
    assert rule == Rule(name, 'city = "Oslo" and age > 30', labels)


def test_a_trial_keeps_nothing_and_tells_both_counts(teacher: Teacher) -> None:
    lesson = teacher.value("mallis", "sv", "city", "STOCKHOLM")
    assert lesson == Taught("mallis", "sv", "city", "Stockholm")
    trial = teacher.trial(lesson, "kunder i mallis", "sv")
    assert (trial.before.status, trial.before.count) == (Status.UNREAD, None)
    assert (trial.after.status, trial.after.count) == (Status.ANSWERED, 2)
    again = teacher.trial(lesson, "kunder i mallis", "sv")
    assert again.before.status is Status.UNREAD


def test_a_rule_that_does_not_fit_is_not_kept(teacher: Teacher) -> None:
    for definition in ("no_such_field = 3", "count("):
        with pytest.raises(Shown):
            teacher.teach(Rule("zorps", definition))
