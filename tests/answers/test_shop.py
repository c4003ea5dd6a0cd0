"""What an answer holds, counted by hand on the small shop."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from assistant.answers import Shop
from assistant.grammar.reading import Colour, Status, Word, WordStatus
from segments.codec import from_text
from segments.definition import Not
from segments.errors import Shown
from segments.problems import UnknownField

WEB = 'city = "Stockholm" and count(purchase where channel = "web") >= 1'


def test_a_sentence_is_counted_said_back_and_written_as_sql(shop: Shop) -> None:
    answer = shop.ask('city = "Stockholm"')
    assert answer.status is Status.ANSWERED
    assert (answer.count, answer.total) == (2, 6)
    assert answer.share == pytest.approx(1 / 3)
    assert answer.canonical == 'city = "Stockholm"'
    assert "Stockholm" in (answer.readback or "")
    assert "SELECT" in (answer.sql or "")
    assert answer.as_of == date(2026, 10, 15)


def test_parts_carry_their_own_count_and_the_funnel(shop: Shop) -> None:
    answer = shop.ask(WEB + " and age >= 40")
    assert [part.count for part in answer.parts] == [2, 3, 3]
    assert [part.left for part in answer.parts] == [2, 2, 1]
    assert answer.count == 1
    assert [part.path for part in answer.parts] == [(0,), (1,), (2,)]
    assert answer.parts[0].chips[0].colour is Colour.WHERE


def test_a_group_is_one_part_with_a_chip_for_each_leaf(shop: Shop) -> None:
    answer = shop.ask('consent_email = yes and (age >= 50 or not city = "Oslo")')
    group = answer.parts[1]
    assert group.group
    assert [(chip.path, chip.negated) for chip in group.chips] == [((1, 0), False), ((1, 1), True)]
    assert [chip.count for chip in group.chips] == [2, 4]


def test_a_negated_leaf_is_one_chip_whose_path_leads_to_its_not(shop: Shop) -> None:
    part = shop.ask('not city = "Oslo"').parts[0]
    assert part.negated
    assert isinstance(part.condition, Not)
    assert (part.chips[0].path, part.chips[0].negated, part.chips[0].count) == ((), True, 4)


def test_without_the_funnel_only_the_whole_is_counted(shop: Shop) -> None:
    answer = shop.ask(WEB, funnel=False)
    assert answer.count == 2
    assert [part.count for part in answer.parts] == [None, None]


def test_members_are_the_keys_in_rising_order(shop: Shop) -> None:
    assert shop.members(from_text('not city = "Stockholm"')) == [3, 4, 5, 6]


def test_the_day_is_always_said(shop: Shop) -> None:
    for language in ("en", "sv", "da", "nb"):
        last = shop.ask('city = "Oslo"', language=language).defaults[-1]
        assert "15" in last
        assert "2026" in last


def test_another_day_changes_what_a_window_means(shop: Shop) -> None:
    recent = "count(purchase in last 30 days) >= 1"
    assert shop.ask(recent).count == 3  # the first of the days is 15 September
    early = shop.ask(recent, as_of=date(2025, 1, 31))
    assert (early.count, early.as_of) == (1, date(2025, 1, 31))


def test_a_negation_says_how_many_of_its_members_are_unknown(shop: Shop) -> None:
    plain = len(shop.ask('city = "Oslo"').defaults)
    negated = shop.ask('not city = "Oslo"')
    assert negated.count == 4
    assert len(negated.defaults) == plain + 1
    assert "1" in negated.defaults[0]


def test_the_unknown_are_counted_among_the_members_and_not_in_the_shop(shop: Shop) -> None:
    answer = shop.ask('not city = "Oslo" and consent_email = yes')
    assert len(answer.defaults) == 1  # the day only: Flo is not among them


def test_fewer_than_says_how_many_have_none(shop: Shop) -> None:
    answer = shop.ask("count(purchase) <= 1")
    assert answer.count == 5
    assert len(answer.defaults) == 2
    assert "3" in answer.defaults[0]


def test_no_orders_at_all_says_so_itself(shop: Shop) -> None:
    assert len(shop.ask("count(purchase) = 0").defaults) == 1


def test_a_question_counts_what_each_choice_would_give(shop: Shop) -> None:
    answer = shop.ask("loyal in Oslo")
    assert answer.status is Status.ASKS
    assert (answer.count, answer.definition, answer.sql) == (None, None, None)
    (question,) = answer.questions
    assert question.about == "loyal"
    assert [option.count for option in question.options] == [0, 1]
    assert len({option.label for option in question.options}) == 2
    assert question.options[1].canonical == (
        'city = "Oslo" and count(purchase in last 12 months) >= 1'
    )


def test_an_answered_question_gives_its_definition(shop: Shop) -> None:
    answer = shop.ask("loyal in Oslo", answers={"loyal": 1})
    assert (answer.status, answer.count) == (Status.ANSWERED, 1)


def test_an_unread_sentence_has_a_reason_and_no_count(shop: Shop) -> None:
    answer = shop.ask("blah")
    assert (answer.status, answer.count) == (Status.UNREAD, None)
    assert len(answer.reasons) == 1


@pytest.mark.parametrize("language", ["en", "sv", "da", "nb"])
def test_problems_are_shown_and_never_raised(shop: Shop, language: str) -> None:
    answer = shop.evaluate(from_text('town = "Oslo"'), language=language)
    assert answer.status is Status.UNREAD
    assert isinstance(answer.problems[0], UnknownField)
    assert len(answer.reasons) == 1
    assert answer.count is None


def test_a_definition_is_simplified_and_its_words_point_at_the_new_leaves(shop: Shop) -> None:
    answer = shop.ask('(city = "Oslo" or city = "Bergen") and (age >= 20)')
    assert answer.canonical == 'city in ("Oslo", "Bergen") and age >= 20'
    assert answer.words[0].condition == 0


def test_an_unknown_language_is_answered_in_english(shop: Shop) -> None:
    assert shop.evaluate(from_text('city = "Oslo"'), language="fi").language == "en"


def test_threads_get_the_same_answers(shop: Shop) -> None:
    texts = [WEB, 'not city = "Oslo"', "count(purchase) <= 1"] * 10
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda text: shop.ask(text).count, texts))
    assert counts == [2, 4, 5] * 10


def test_counting_a_wrong_definition_outright_raises_what_is_wrong(shop: Shop) -> None:
    with pytest.raises(Shown):
        shop.count(from_text('town = "Oslo"'))


def test_a_corrected_word_says_what_it_was_read_as(shop: Shop) -> None:
    word = Word("Olso", 13, 17, WordStatus.CORRECTED, 0, Colour.WHERE, "Oslo")
    reading = replace(shop.reader.read('city = "Oslo"'), words=(word, word))
    said = shop.answer(reading).defaults
    assert len(said) == 2
    assert "Olso" in said[0]
    assert "Oslo" in said[0]
