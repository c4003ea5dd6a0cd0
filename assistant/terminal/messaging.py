"""`krets message`: suggested messages for a sentence, with why, what to avoid and their lengths.

In: the arguments. Out: the exit code. Start at `message`; `playbooks` checks a shop's own folder.
"""

from collections.abc import Iterator

from assistant.answers import Answer
from assistant.answers.messages import Messenger, Suggested
from assistant.grammar.reading import Status
from assistant.languages.files import table
from assistant.languages.texts import Texts, texts
from assistant.messages.channels import channels
from assistant.messages.choosing import Chosen
from assistant.messages.merge_tags import tools
from assistant.messages.playbooks import load
from assistant.messages.writing import Choice, Message, Text
from assistant.messages.written import said_length
from assistant.terminal.arguments import Arguments
from assistant.terminal.opening import opened
from assistant.terminal.output import Output, whole
from assistant.terminal.printed import number, show

ANSWERED, FAILED, ASKS = 0, 1, 3


def message(arguments: Arguments, output: Output) -> int:
    """Suggest messages; a sentence that is not answered is shown as `krets ask` shows it."""
    with opened(arguments) as shop:
        messenger = Messenger.of(shop)
        answer = shop.ask(
            whole(arguments.text or ""),
            as_of=arguments.as_of,
            language=arguments.language,
            hint=output.language,
            funnel=False,
        )
        if answer.status is not Status.ANSWERED or answer.definition is None:
            show(answer, None, output)
            return ASKS if answer.status is Status.ASKS else FAILED
        suggested = messenger.suggest(answer.definition, as_of=answer.as_of)
        told = _Told(messenger, suggested, answer, arguments)
        if arguments.json:
            output.json(told.object())
        else:
            told.show(output)
    return ANSWERED


def playbooks(arguments: Arguments, output: Output) -> int:
    """Check a folder of playbooks; raises Shown with every mistake."""
    found = load(arguments.file)
    output.line(output.texts.message("checked", n=len(found.books)))
    return ANSWERED


class _Told:
    """What is told of the suggestions for one answer."""

    def __init__(
        self, messenger: Messenger, suggested: Suggested, answer: Answer, arguments: Arguments
    ) -> None:
        self.messenger = messenger
        self.suggested = suggested
        self.answer = answer
        self.arguments = arguments
        self.texts: Texts = texts(answer.language)

    def show(self, output: Output) -> None:
        """Write them for people."""
        output.line((f"{self.answer.readback}", "bold"))
        output.line(f"{number(self.answer.count, self.answer.language)}")
        if not self.suggested.picked:
            output.line(self.texts.message("none"))
        language, day = self.answer.language, self.answer.as_of
        for line in (*self._searches(), *self.messenger.habits(self.suggested, language, day)):
            output.line((line, "dim"))
        total = len(self.suggested.picked)
        for place, each in enumerate(self.suggested.picked, start=1):
            tongue = each.playbook.tongue(self.answer.language)
            head = self.texts.message("suggestion", n=place, total=total)
            output.line("")
            output.line((f"{head}: {tongue.angle}", "bold"))
            for reason in self._reasons(each):
                output.line((f"  + {reason}", "green"))
            for avoided in tongue.avoid:
                output.line((f"  - {avoided}", "dark_orange"))
            for written in self._messages(each):
                self._show(written, output)
            if note := self._unsuited(each):
                output.line((f"  {note}", "dim"))

    def object(self) -> dict[str, object]:
        """Give them as one object."""
        return {
            "readback": self.answer.readback,
            "count": self.answer.count,
            "tone": self.suggested.tone,
            "languages": dict(self.suggested.languages),
            "habits": list(
                self.messenger.habits(self.suggested, self.answer.language, self.answer.as_of)
            ),
            "suggestions": [
                {
                    "playbook": each.playbook.code,
                    "reasons": list(self._reasons(each)),
                    "messages": [_object(written) for written in self._messages(each)],
                }
                for each in self.suggested.picked
            ],
        }

    def _reasons(self, each: Chosen) -> tuple[str, ...]:
        found = self.messenger.reasons(each.reasons, self.answer.language, self.answer.as_of)
        return found or (self.texts.message("why_generic"),)

    def _searches(self) -> Iterator[str]:
        """What they typed more than others."""
        typed = [each.code for each in self.suggested.facts.searches[:3] if each.lift > 1]
        if typed:
            yield self.texts.message("searches", what=", ".join(typed))

    def _unsuited(self, each: Chosen) -> str:
        """That it is not written for the channel that was asked for, and which it is for."""
        asked = self.arguments.channel
        fitting = [channel.name for channel in self.suggested.channels(each)]
        if asked is None or asked in fitting:
            return ""
        named = [self.texts.message(f"channel_{name}") for name in fitting]
        asked_for = self.texts.message(f"channel_{asked}")
        return self.texts.message("unsuited", channel=asked_for, what=", ".join(named))

    def _messages(self, each: Chosen) -> Iterator[Message]:
        """One channel, each language they have, each variant; as the options narrow it down."""
        chosen = self.arguments
        fitting = [channel.name for channel in self.suggested.channels(each)]
        channel = chosen.channel or fitting[0]
        languages = (chosen.language,) if chosen.language else tuple(self.suggested.languages)
        tone = chosen.tone or self.suggested.tone
        for language in languages:
            for variant in self.suggested.variants(each, language):
                if channel in fitting and chosen.variant in (None, variant):
                    picked = Choice(channel, language, tone, chosen.tool or "plain", variant)
                    yield self.suggested.message(each, picked)

    def _show(self, written: Message, output: Output) -> None:
        choice = written.choice
        language = str(table(choice.language, "language")["name"])
        count = self.suggested.languages.get(choice.language, 0)
        variant = self.suggested.variant_name(choice.variant, self.answer.language)
        counted = number(count, self.answer.language)
        channel = self.texts.message(f"channel_{choice.channel}")
        output.line("")
        output.line((f"  {channel} · {language} ({counted}) · {variant}", "magenta"))
        if note := self.suggested.note(choice):
            tool = tools()[choice.tool].name or self.texts.message("tool_plain")
            output.line((f"    {self.texts.message(note, tool=tool)}", "dim"))
        for text in written.texts:
            label = self.texts.message(f"slot_{text.slot}")
            slot = channels()[choice.channel].slot(text.slot)
            output.line((f"    {label} ({said_length(text.measured, slot, self.texts)})", "dim"))
            for line in text.text.splitlines():
                output.line(f"    {line}")


def _object(written: Message) -> dict[str, object]:
    choice = written.choice
    return {
        "channel": choice.channel,
        "language": choice.language,
        "tone": choice.tone,
        "tool": choice.tool,
        "variant": choice.variant,
        "texts": [_text(text) for text in written.texts],
    }


def _text(text: Text) -> dict[str, object]:
    return {
        "slot": text.slot,
        "text": text.text,
        "length": text.measured.length,
        "recommended": text.measured.recommended,
        "hard": text.measured.hard,
    }
