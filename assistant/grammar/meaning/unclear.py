"""What a frame cannot say, and where a question about it stands."""

from assistant.grammar.frames import Frame
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import Compare
from assistant.grammar.reading import Note
from assistant.grammar.variants import (
    Ask,
)
from segments.catalogue import Catalogue


class Unclear(Exception):
    """A frame that says nothing which can be defined; carries the reason."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.note = Note(code, values)


def ask_at(frame: Frame, code: str) -> Ask:
    """A question about a frame's words."""
    return Ask(code, frame.pieces[0].start, frame.pieces[-1].end)


_CROWNS = frozenset({"SEK", "NOK", "DKK", "ISK"})


def check_currency(context: Context, compare: Compare) -> None:
    """Raises Unclear when an amount is in another currency than the shop's."""
    if foreign_money(compare, context.catalogue):
        raise Unclear("currency", found=str(compare.unit.money), shop=context.catalogue.currency)


def foreign_money(compare: Compare, catalogue: Catalogue) -> bool:
    """Whether an amount is in another currency than the shop's."""
    money, shop = compare.unit.money, catalogue.currency
    if money is None or not shop or money == shop:
        return False
    return money != "kr" or shop not in _CROWNS
