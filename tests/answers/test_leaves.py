"""What negations and upper limits let in, and where words point after simplifying."""

import pytest

from assistant.answers.leaves import (
    fields_let_in_unknown,
    placed,
    point_into,
    records_let_in_none,
)
from assistant.dialogue.tree import at
from assistant.grammar.reading import Word, WordStatus
from segments.codec import from_text
from segments.definition import Not
from segments.rewrites import simplify


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ('city = "Oslo"', ()),
        ('not city = "Oslo"', ("city",)),
        ('not (city = "Oslo" or age > 30)', ("city", "age")),
        ('not (age > 30 and not city = "Oslo")', ("age",)),
        ("not known(city)", ()),
        ("not registered in last 30 days", ("registered",)),
        ("not count(purchase) >= 1", ()),
        ("count(purchase in 9 days after joined) >= 1", ()),
        ("not count(purchase in 9 days after joined) >= 1", ("joined",)),
        ("count(purchase in 9 days after joined) < 3", ("joined",)),
        ("not first(purchase) in day of anniversary(born)", ("born",)),
        ("not count(purchase in after first(visit)) >= 2", ()),
    ],
)
def test_fields_whose_unknown_values_pass(text: str, fields: tuple[str, ...]) -> None:
    assert fields_let_in_unknown(from_text(text)) == fields


@pytest.mark.parametrize(
    ("text", "included"),
    [
        ("count(purchase) < 3", True),
        ("count(purchase) between 0 and 3", True),
        ("sum(purchase.amount) <= 500", True),
        ("not sum(purchase.amount) > 500", True),
        ("not count(purchase) >= 3", True),
        ("count(purchase) >= 1", False),
        ("not count(purchase) >= 1", False),
        ("count(purchase) = 0", False),
        ("average(purchase.amount) < 500", False),
        ("not count(purchase) < 3", False),
    ],
)
def test_counts_that_members_without_records_pass(text: str, included: bool) -> None:  # noqa: FBT001
    assert bool(records_let_in_none(from_text(text))) is included


def test_every_path_leads_to_its_leaf_or_to_the_not_around_it() -> None:
    whole = from_text('age > 1 and (not city = "a" or not (age > 2 and city = "b"))')
    found = list(placed(whole))
    assert len(found) == 4
    for path, leaf, negated in found:
        assert at(whole, path) == (Not(leaf) if negated else leaf)


def test_words_of_merged_leaves_point_at_the_merged_one() -> None:
    read = from_text('(city = "a" or city = "b") and age > 3')
    words = tuple(Word(str(i), i, i + 1, WordStatus.USED, i) for i in range(3))
    moved = point_into(words, read, simplify(read))
    assert [word.condition for word in moved] == [0, 0, 1]
