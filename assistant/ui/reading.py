"""A sentence as the page reads it: in whatever language it is, up to a length, said in the page's.

In: text, the page's language. Out: `Reading`, `Answer`. Start at `listen`.
"""

from assistant.answers import Answer, Shop
from assistant.grammar.reading import Reading

MOST_CHARACTERS = 2_000  # longer texts are no sentences


def read(shop: Shop, text: str) -> Reading:
    """Read without choices taken; the words vote for the language."""
    return shop.reader.read(text[:MOST_CHARACTERS], None, {})


def listen(shop: Shop, text: str, language: str) -> Answer:
    """Read and count, without the funnel: what the box shows while one types."""
    return shop.answer(read(shop, text), language=language, funnel=False)
