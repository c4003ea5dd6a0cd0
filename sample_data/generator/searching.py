"""What customers type in the search box, in their own language, with some typos."""

from random import Random

from sample_data.generator.assortment import Assortment, Product
from sample_data.generator.draw import Wheel
from sample_data.generator.people import Customer

_FRIZZ = {
    "sv": ("frissigt hår", "anti frizz", "frizz serum", "burrigt och frissigt hår"),
    "da": ("kruset hår", "anti frizz", "frizz serum", "strittende kruset hår"),
    "nb": ("krusete hår", "anti frizz", "frizz serum", "bustete krusete hår"),
    "en": ("frizzy hair", "anti frizz", "frizz serum", "tame frizzy hair"),
}
_SLEEP = {
    "sv": ("svårt att sova", "sova bättre", "somna snabbare", "vaknar på natten sömn"),
    "da": ("svært ved at sove", "sove bedre", "falde hurtigere i søvn", "vågner om natten søvn"),
    "nb": ("vansker med å sove", "sove bedre", "sovne raskere", "våkner om natten søvn"),
    "en": ("trouble sleeping", "sleep better", "fall asleep faster", "wake up at night sleep"),
}
_GENERAL = {
    "sv": ("rea", "presentkort", "nyheter", "gåvoset", "leverans"),
    "da": ("udsalg", "gavekort", "nyheder", "gaveæske", "levering"),
    "nb": ("salg", "gavekort", "nyheter", "gaveeske", "levering"),
    "en": ("sale", "gift card", "new in", "gift set", "delivery"),
}

# What a query names (brand, kind of product, need), and how often.
_SHAPES = Wheel(
    (
        (False, True, False),
        (False, True, True),
        (False, False, True),
        (True, False, False),
        (True, True, False),
    ),
    (0.36, 0.32, 0.16, 0.08, 0.08),
)


def _typo(words: str, draw: Random) -> str:
    """Two letters swapped, one dropped or one doubled."""
    if len(words) < 5:
        return words
    place = draw.randrange(1, len(words) - 2)
    kind = draw.randrange(3)
    if kind == 0:
        return words[:place] + words[place + 1] + words[place] + words[place + 2 :]
    return words[:place] + words[place + 1 :] if kind == 1 else words[:place] + words[place - 1 :]


class SearchBox:
    """Composes queries; knows the words of the assortment."""

    def __init__(self, assortment: Assortment) -> None:
        """Use the words of that assortment."""
        self._stock = assortment

    def query(self, customer: Customer, product: Product, draw: Random) -> tuple[str, int]:
        """What the customer types when looking for a product, and the number of hits."""
        words, hits = self._words(customer, product, draw)
        if draw.random() < 0.07:
            words = _typo(words, draw)
            hits = hits if draw.random() < 0.5 else 0
        return words, hits

    def _words(self, customer: Customer, product: Product, draw: Random) -> tuple[str, int]:
        language, group = customer.language, customer.traits.group
        kind = self._stock.kinds[product.type]
        need = self._stock.needs[product.needs[0]]
        fitting = [n for n in customer.traits.needs if n in product.needs]
        if fitting:
            need = self._stock.needs[fitting[0]]
        roll = draw.random()
        if group == "frizzy_hair" and roll < 0.35:
            return draw.choice(_FRIZZ[language]), self._hits("frizzy_hair", "", "")
        if group == "sleep_troubled" and roll < 0.5:
            return draw.choice(_SLEEP[language]), self._hits("sleep_better", "", "")
        if draw.random() < 0.04:
            return draw.choice(_GENERAL[language]), draw.randrange(4)
        by_brand, by_kind, by_need = _SHAPES.spin(draw)
        phrase = need.phrase if by_kind else need.label
        parts = (
            product.brand.lower() if by_brand else "",
            kind.label[language] if by_kind else "",
            phrase[language] if by_need else "",
        )
        hits = self._hits(
            need.code if by_need else "",
            kind.code if by_kind else "",
            product.brand if by_brand else "",
        )
        return " ".join(part for part in parts if part), hits

    def _hits(self, need: str, kind: str, brand: str) -> int:
        return sum(
            (not need or need in product.needs)
            and (not kind or kind == product.type)
            and (not brand or brand == product.brand)
            for product in self._stock.products
        )
