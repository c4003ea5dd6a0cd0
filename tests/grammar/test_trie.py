"""A trie that shares what follows holds the same as one in which each phrase stands by itself."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from assistant.grammar.patterns import Sequence, Slot, expand, parts
from assistant.grammar.trie import Node

words = st.sampled_from(["a", "b", "c", "{n}", "{unit}"])
rows = st.lists(words, min_size=1, max_size=3).map(" ".join)
choices = st.lists(rows, min_size=1, max_size=3).map("|".join)
pieces = choices.map("({})".format) | choices.map("[{}]".format) | rows
templates = st.lists(pieces, min_size=1, max_size=4).map(" ".join)


def held(node: Node[int], before: Sequence = ()) -> Iterator[tuple[Sequence, tuple[int, ...]]]:
    """Every phrase of a trie with its meanings."""
    if node.meanings:
        yield before, node.meanings
    for word, following in node.words.items():
        yield from held(following, (*before, word))
    for name, following in node.slots.items():
        yield from held(following, (*before, Slot(name)))


@given(st.lists(templates, min_size=1, max_size=5))
def test_templates_that_share_what_follows_hold_what_each_phrase_alone_does(
    said: list[str],
) -> None:
    shared: Node[int] = Node()
    apart: dict[Sequence, tuple[int, ...]] = {}
    for meaning, template in enumerate(said):
        shared.add_parts(parts(template), meaning)
        for sequence in expand(template):
            apart[sequence] = (*apart.get(sequence, ()), meaning)
    assert dict(held(shared)) == apart


@given(st.lists(templates, min_size=1, max_size=3), st.lists(rows, min_size=1, max_size=3))
def test_a_phrase_put_in_later_stands_only_where_it_was_put(
    said: list[str], later: list[str]
) -> None:
    shared: Node[int] = Node()
    apart: dict[Sequence, tuple[int, ...]] = {}
    for template in said:
        shared.add_parts(parts(template), 0)
        apart |= dict.fromkeys(expand(template), (0,))
    for row in later:
        (sequence,) = expand(row)
        shared.add(sequence, 1)
        apart[sequence] = tuple(dict.fromkeys((*apart.get(sequence, ()), 1)))
    assert dict(held(shared)) == apart
