"""Why a customer is like others: what they have of each thing that is compared, and their place.

In: the condition, a customer's key. Out: lines in the person's language. Start at `Likeness.told`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from assistant.answers.counting import Counts
from assistant.answers.saying import Voice
from assistant.languages.texts import texts
from segments.closeness import Feature, aged, category
from segments.compile.evidence import compile_alike
from segments.definition import Similar


@dataclass(frozen=True, slots=True)
class Likeness:
    """Tells why members of one shop are alike, as of one day, in one language."""

    counts: Counts
    voice: Voice

    def told(self, similar: Similar, key: str | int) -> Iterator[str]:
        """What the member and the others have on average of what they are compared by, and the
        member's place."""
        catalogue = self.counts.engine.catalogue
        things, place = compile_alike(similar, key, catalogue, self._instants)
        for name, own, average in self._rows(things):
            what, hidden = self._compared(name)
            values = (own, average)
            if hidden:
                yield self._text("why_hidden", what=what)
                continue
            said = ["?" if each is None else self._rough(name, each) for each in values]
            yield self._text("why_alike", what=what, value=said[0], average=said[1])
        for n, total in self._rows(place):
            number = self.voice.speaker.values.number
            yield self._text("why_place", n=number(n), total=number(total))

    def _compared(self, name: str) -> tuple[str, bool]:
        """What members are compared by in words, and whether it is sensitive."""
        feature, _, code = name.partition(" ")
        catalogue = self.counts.engine.catalogue
        kind, born = category(catalogue), aged(catalogue)
        purchase = catalogue.event_by_role("purchase")
        said = ""
        if code and kind is not None and purchase is not None:
            said = self.voice.speaker.values.value(f"{purchase.name}.{kind.name}", kind, code)
        sensitive = feature == Feature.AGE and born is not None and born.sensitive
        return self._text(f"alike_{feature}", category=said), sensitive

    def _rough(self, name: str, value: Any) -> str:  # noqa: ANN401 - a number of the engine
        rounded = Decimal(str(round(value, 1)))
        values = self.voice.speaker.values
        if name in (Feature.SPEND, Feature.VALUE):
            return values.money(round(Decimal(value)))
        return values.percent(rounded) if name.startswith(Feature.TASTE) else values.number(rounded)

    @property
    def _instants(self) -> tuple[datetime, datetime | None]:
        return self.counts.instant, self.counts.ceiling

    def _rows(self, query: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - a sqlglot select
        return self.counts.engine.rows(query, self.counts.job)

    def _text(self, name: str, /, **values: str) -> str:
        return texts(self.voice.language).page(name, **values)
