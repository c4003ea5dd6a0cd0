"""Changing one place of a definition: whatever the path, nothing else moves."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.leaves import placed
from assistant.dialogue.tree import at, removed, replaced
from segments.codec import from_text
from segments.definition import All, Any, Condition, Field, Not, Operator
from segments.definition import Test as Comparison

FIELDS = st.builds(
    lambda name, value: Field(name, Comparison(Operator.EQ, (value,))),
    st.sampled_from(["a", "b", "c"]),
    st.integers(0, 5),
)
TREES = st.recursive(
    FIELDS,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: Any(tuple(parts))),
    ),
    max_leaves=12,
)
NEW = from_text('new = "here"')


def _signed(leaf: Condition, *, negated: bool) -> Condition:
    return Not(leaf) if negated else leaf


@given(TREES, st.data())
def test_replacing_changes_the_one_leaf(tree: Condition, data: st.DataObject) -> None:
    found = list(placed(tree))
    index = data.draw(st.integers(0, len(found) - 1))
    after = list(placed(replaced(tree, found[index][0], NEW)))
    assert after[index][1] == NEW
    assert after[:index] + after[index + 1 :] == found[:index] + found[index + 1 :]


@given(TREES, st.data())
def test_removing_takes_the_one_leaf_and_never_leaves_an_empty_group(
    tree: Condition, data: st.DataObject
) -> None:
    found = list(placed(tree))
    index = data.draw(st.integers(0, len(found) - 1))
    left = removed(tree, found[index][0])
    leaves = [] if left is None else [leaf for _, leaf, _ in placed(left)]
    assert leaves == [leaf for place, (_, leaf, _) in enumerate(found) if place != index]
    assert (left is None) == (len(found) == 1)


@given(TREES)
def test_paths_lead_where_they_say(tree: Condition) -> None:
    for path, leaf, negated in placed(tree):
        assert at(tree, path) == _signed(leaf, negated=negated)
