"""A slot is only tried at a token that can begin it; nothing may be lost by that."""

import pytest

from assistant.grammar.dated_slots import DatedSlots
from assistant.grammar.phrasebook import Phrasebook, phrasebook
from assistant.grammar.tokens import Token, tokenize
from assistant.languages.files import languages
from benchmarks.measuring import sentences


class Patient(DatedSlots):
    """Tries every slot at every token."""

    def __init__(self, tokens: tuple[Token, ...], book: Phrasebook) -> None:
        super().__init__(tokens, book)
        self._possible = [frozenset(self.fillers) for _ in tokens]


@pytest.mark.parametrize("language", languages())
def test_no_slot_is_missed_by_its_first_word(language: str) -> None:
    book = phrasebook(language)
    words = sorted({*book.main.words, *book.months.words, *book.units.words, *book.counts.words})
    for text in (*(each.text for each in sentences()), *(f"{word} 5 {word}" for word in words)):
        tokens = tokenize(text)
        quick, patient = DatedSlots(tokens, book), Patient(tokens, book)
        for at in range(len(tokens)):
            for slot in quick.fillers:
                assert quick.fill(slot, at) == patient.fill(slot, at), (text, at, slot)
