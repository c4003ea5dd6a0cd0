"""A frame about a text of the member's -> its condition."""

from assistant.grammar.frames import Frame
from assistant.grammar.meaning.unclear import Unclear
from assistant.grammar.reading import Note
from assistant.grammar.vague import all_of, any_of
from assistant.grammar.variants import Variants, settled
from segments.definition import Field, Operator


def text_condition(frame: Frame, name: str) -> Variants:
    """The tests on a member's text, any of them, or all that it contains. Raises Unclear."""
    joints = {joint for joint, _ in frame.tests[1:]} - {"comma"}
    if len(frame.tests) > 1 and len(joints) != 1:
        raise Unclear("scope")
    conditions = tuple(Field(name, test) for _, test in frame.tests)
    both = "and" in joints
    if both and frame.text is not Operator.CONTAINS:
        raise Unclear("scope")  # nothing starts with two texts
    if both and frame.negated:
        raise Unclear("scope")
    ends = [str(test.values[0]) for _, test in frame.tests if test.operator is Operator.ENDS]
    domains = ", ".join(end for end in ends if end.startswith("@"))
    notes = [Note("email_domain", {"domain": domains})] if domains else []
    return settled(all_of(conditions) if both else any_of(conditions), *notes)
