"""A message written: the texts of a playbook for one channel, filled, fitted and in a tool's tags.

In: a playbook, the facts as words, and what a person chose: channel, tone, tool, variant. Out:
`Message`. Where a text is longer than people see of it, a shorter one of the playbook's is taken;
none is ever cut. Start at `write`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.messages.channels import Channel, Kind, Measured, Slot, channels, measure
from assistant.messages.filling import after, filled
from assistant.messages.merge_tags import TAGS, received, tools, used, written
from assistant.messages.playbooks import Playbook, Playbooks, Tongue
from assistant.messages.voices import Voice

# Spaces that hold a number together are in no alphabet of text messages.
_IN_SMS = str.maketrans("\u00a0\u202f", "  ")


@dataclass(frozen=True, slots=True)
class Choice:
    """How a message is to be written; each part can be changed by itself."""

    channel: str
    language: str
    tone: str
    tool: str
    variant: str


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a message in the tool's tags, and how long it is when it arrives."""

    slot: str
    text: str
    measured: Measured


@dataclass(frozen=True, slots=True)
class Message:
    """The texts of one channel in reading order; a slot that takes several has several."""

    playbook: str
    choice: Choice
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known of whoever gets it: whether every name is, and how long the longest is."""

    named: bool
    companies: bool
    room: Mapping[str, int]


# Which texts of a playbook a slot is made of, the first that is there. Advertising networks show
# the same text to strangers, so that they have texts of their own.
_SOURCES: Mapping[tuple[str, str], str] = {
    ("email", "subject"): "subject",
    ("email", "preheader"): "preheader",
    ("email", "body"): "letter",
    ("email", "call_to_action"): "call_to_action",
    ("sms", "text"): "sms",
    ("push", "title"): "subject",
    ("push", "text"): "line",
    ("banner", "headline"): "subject",
    ("banner", "text"): "line",
    ("banner", "call_to_action"): "call_to_action",
    ("meta", "primary_text"): "ad_text",
    ("meta", "headline"): "ad_headlines",
    ("meta", "description"): "ad_second",
    ("google", "headline"): "ad_headlines",
    ("google", "description"): "ad_descriptions",
    ("linkedin", "introduction"): "ad_text",
    ("linkedin", "headline"): "ad_headlines",
    ("linkedin", "description"): "ad_descriptions",
    ("letter", "heading"): "subject",
    ("letter", "body"): "letter",
}


def variants(playbook: Playbook, language: str) -> tuple[str, ...]:
    """The variants of a playbook, in the order in which they are offered."""
    return tuple(playbook.tongue(language).variants)


def fitting_channels(playbook: Playbook, *, business: bool) -> tuple[Channel, ...]:
    """Every channel that the playbook does not leave out, those it is best for first."""
    best = [channels()[name] for name in playbook.channels]
    rest = [
        each
        for each in channels().values()
        if each not in best and each.name not in playbook.leaves_out
    ]
    return tuple(each for each in (*best, *rest) if business or not each.business)


def write(
    playbook: Playbook, choice: Choice, words: Mapping[str, str], playbooks: Playbooks, to: Reader
) -> Message:
    """Write a message."""
    channel = channels()[choice.channel]
    source = playbooks.books[playbook.ads] if channel.kind is Kind.AD else playbook
    writer = _Writer(source.tongue(choice.language), choice, words, playbooks, to)
    texts: list[Text] = []
    for slot in channel.slots:
        for text in writer.of(channel, slot):
            said = after(texts[0].text, text) if texts and channel.kind is not Kind.AD else text
            texts.append(Text(slot.name, said, measured(slot, said, choice.tool, to)))
    return Message(playbook.code, choice, tuple(texts))


def measured(slot: Slot, text: str, tool: str, to: Reader) -> Measured:
    """How long a text is for whoever has the longest name."""
    return measure(slot, received(text, tools()[tool], to.room))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the texts of one playbook in one language and tone."""

    tongue: Tongue
    choice: Choice
    words: Mapping[str, str]
    playbooks: Playbooks
    to: Reader

    def of(self, channel: Channel, slot: Slot) -> tuple[str, ...]:
        """The texts of a slot: one, or where it takes several, as many as fit."""
        source = _SOURCES[channel.name, slot.name]
        said = list(self._candidates(source))
        if slot.several:
            fit = [text for text in said if self._measured(slot, text).fits]
            return tuple(dict.fromkeys(fit))[: slot.most]
        found = self._first(slot, said)
        return (found,) if found else ()

    def _first(self, slot: Slot, said: Sequence[str]) -> str:
        """The first that is seen whole, or else the shortest that the channel takes."""
        for text in said:
            if self._measured(slot, text).ideal:
                return text
        fit = [text for text in said if self._measured(slot, text).fits]
        return min(fit, key=lambda text: self._measured(slot, text).length, default="")

    def _measured(self, slot: Slot, text: str) -> Measured:
        return measured(slot, text, self.choice.tool, self.to)

    def _candidates(self, source: str) -> Iterator[str]:
        match source:
            case "letter":
                yield from self._letters()
            case "sms":
                opt_out = self._voice.said(self.choice.tone, "opt_out")
                shop = self.words["shop"]
                for line in self._texts("line"):
                    yield f"{shop}: {line} {opt_out}".translate(_IN_SMS)
            case "ad_second":
                yield from list(self._texts("ad_headlines"))[1:]
            case _:
                yield from self._texts(source)

    def _letters(self) -> Iterator[str]:
        """Greeting, opening, body and closing, with an empty line between them."""
        closing = filled(self._voice.said(self.choice.tone, "closing"), self.words) or ""
        opening = next(iter(self._texts("opening")), "")
        for body in self._texts("body"):
            parts = (self._greeting(), opening, body, closing)
            yield "\n\n".join(part for part in parts if part)

    def _greeting(self) -> str:
        """With the name where the tool can say something else to those whose name is unknown."""
        tone = self.choice.tone
        tool = tools()[self.choice.tool]
        named = self.to.named or tool.falls_back("first_name")
        return self._tagged(self._voice.said(tone, "greeting" if named else "nameless"))

    def _texts(self, name: str) -> Iterator[str]:
        """The texts of a name, filled. A first name inside a sentence is only for those who all
        have one: what stands for it in a greeting would not fit there; "your business" does."""
        raw = self.tongue.texts(self.choice.variant, name, self.choice.tone)
        sure = self.to.companies or tools()[self.choice.tool].falls_back("company")
        for each in raw:
            if "first_name" in used(each) and not self.to.named:
                continue
            text = each if sure else each.replace("{company}", self._stand_in("company"))
            if said := filled(text, self.words):
                yield self._tagged(said)

    def _tagged(self, text: str) -> str:
        """The text in the tool's tags."""
        said = {name: self._stand_in(name) for name in TAGS}
        return written(text, tools()[self.choice.tool], said)

    def _stand_in(self, tag: str) -> str:
        """What stands for a name that is unknown."""
        return self._voice.said(self.choice.tone, tag)

    @property
    def _voice(self) -> Voice:
        return self.playbooks.voice(self.choice.language)
