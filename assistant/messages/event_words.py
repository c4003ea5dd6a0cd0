"""What an event and its attributes are called, and which verb says it.

In: an event of the catalogue. Out: templates and names, from the language pack by role or else from
the catalogue's own words. Start at `Events`.
"""

from dataclasses import dataclass, replace

from assistant.grammar.patterns import expand
from assistant.messages.phrases import Clause, fill
from assistant.messages.say_fields import attribute_of, label_of
from assistant.messages.say_records import Said
from assistant.messages.say_values import Values
from assistant.messages.say_windows import unit_of
from segments.catalogue import Attribute, Catalogue, Event
from segments.definition import Aggregate, Kind, Unit


@dataclass(frozen=True, slots=True)
class Events:
    """Says what the members of one shop did, in one language."""

    values: Values
    catalogue: Catalogue
    beside: bool = False  # whether the sentence speaks of other events too

    def event(self, name: str) -> Event:
        """Give the event, or one of the name alone when the catalogue has none."""
        return self.catalogue.events.get(name) or Event(name, "", "")

    def noun(self, event: Event) -> str:
        """Name the event's records in the plural."""
        own = event.nouns.get(self.values.phrases.language)
        known = self.values.phrases.find("events", event.role or "", "nouns")
        if known is not None:
            return str(known)
        return own[0] if own else self.values.label(event.nouns) or event.name.replace("_", " ")

    def verb(
        self, event: Event, kind: str, said: Said, thing: str | None = None
    ) -> tuple[object, dict[str, str]]:
        """Give the template of a verb ("verb", "first", "last", "spend" …) and what fills it: the
        form with an object or the one that stands alone, in the past where a language needs it."""
        phrases, role = self.values.phrases, event.role or ""
        thing = said.thing if thing is None else thing
        slots = {"object": thing, "noun": self.noun(event)}
        forms = [f"past{'' if kind == 'verb' else f'_{kind}'}"] if said.past else []
        for form in (*forms, kind):
            alone = "alone" if form == "verb" else f"{form}_alone"
            found = phrases.find("events", role, form if thing else alone)
            if found is not None:
                return found, slots
        verbs = spoken_form(self.values.label(event.verbs))
        if not verbs:
            has = "has" if kind == "verb" else f"{kind}_has"
            return phrases.find("events", "generic", has), slots
        generic = phrases.find("events", "generic", kind if thing or kind != "verb" else "alone")
        return generic, {**slots, "verb": verbs}

    def measure(self, event: Event, aggregate: Aggregate, own: str, general: str) -> object:
        """Give the template of a measure: the kind's own for what the event has a word for, as an
        order value, or the one for every attribute."""
        phrases = self.values.phrases
        if self._valued(event, aggregate):
            return phrases.find("measures", aggregate.kind, own)
        return phrases.find("measures", general)

    def measured(self, event: Event, aggregate: Aggregate, said: Said) -> dict[str, str]:
        """Give what fills it: what is measured, how, and of which records."""
        phrases = self.values.phrases
        label = self.label(event, aggregate)
        if self._valued(event, aggregate):
            return {"label": label, "for": self.noun_for(event, said)}
        kind = phrases.text("measures", aggregate.kind, "kind")
        return {"label": label, "kind": kind, "for": self._within(event, said)}

    def _within(self, event: Event, said: Said) -> str:
        """Say in which records: "in purchases of hair care in 2025"."""
        key = "within_of" if said.thing else "within"
        about = fill(
            self.values.phrases.text("measures", key), nouns=self.noun(event), object=said.thing
        )
        return f"{about} {said.after()}".strip()

    def scored(self, event: Event, said: Said) -> dict[str, str]:
        """Say of what a score is, where not of all purchases: of another event before the number,
        of some purchases after it."""
        if event.role == "purchase":
            plain = not (said.thing or said.after())
            return {"in": "", "for": "" if plain else self._within(event, said)}
        phrases = self.values.phrases
        inside = fill(phrases.text("measures", "within"), nouns=self.noun(event))
        of = fill(phrases.text("measures", "of"), object=said.thing) if said.thing else ""
        return {"in": inside, "for": f"{of} {said.after()}".strip()}

    def _valued(self, event: Event, aggregate: Aggregate) -> bool:
        """Whether the language has a word for the event's amount."""
        own = self.values.phrases.find("events", event.role or "", "value")
        amount = self.attribute(event, aggregate).role == "amount"
        return own is not None and amount and aggregate.kind in (Kind.AVERAGE, Kind.SUM)

    def noun_for(self, event: Event, said: Said) -> str:
        """Say what a measure is about: its object, or the event when that is no purchase."""
        phrases = self.values.phrases
        if said.thing:
            return fill(phrases.text("measures", "for"), object=said.thing)
        if event.role == "purchase":
            return ""
        return fill(phrases.text("measures", "in"), nouns=self.noun(event))

    def label(self, event: Event, aggregate: Aggregate) -> str:
        """Name what is summed, averaged or counted."""
        if aggregate.of in tuple(Unit):
            return unit_of(self.values.phrases, Unit(aggregate.of or ""), 2)
        attribute = self.attribute(event, aggregate)
        role = attribute.role or ""
        own = self.values.phrases.find("events", event.role or "", "value")
        if own is not None and role == "amount" and aggregate.kind is not Kind.DISTINCT:
            return str(own)
        plural = self.values.phrases.find("attributes", role, "labels")
        if plural is not None and aggregate.kind is Kind.DISTINCT:
            return str(plural)
        return label_of(self.values, attribute, "attributes")

    def attribute(self, event: Event, aggregate: Aggregate) -> Attribute:
        """Give the attribute an aggregate is of."""
        return attribute_of(event.attributes, aggregate.of or "")

    def spends(self, event: Event, said: Said) -> bool:
        """Whether the language has a verb for the event's amount ("spend")."""
        key = "spend" if said.thing else "spend_alone"
        return self.values.phrases.find("events", event.role or "", key) is not None


def spoken_form(template: str | None) -> str | None:
    """A shop's own verb as it is said: with its optional words, the first of its alternatives."""
    if template is None:
        return None
    words = [word for word in expand(template)[0] if isinstance(word, str)]
    return " ".join(words)


def with_rest(clause: Clause, rest: str) -> Clause:
    """The clause with more after it."""
    if not rest:
        return clause
    return replace(clause, rest=f"{clause.rest} {rest}".strip())
