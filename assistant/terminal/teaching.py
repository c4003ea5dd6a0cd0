"""`krets teach`, `krets taught`, `krets forget`, and `krets ask … --remember`.

In: the arguments. Out: the exit code, with what was kept or why not; 3 when a word means something
today and nobody said --yes. Start at `teach`.
"""

from assistant.answers import Shop
from assistant.answers.teaching import Teacher, Told, Trial
from assistant.dialogue.state import State
from assistant.grammar.reading import Status
from assistant.languages.texts import texts
from assistant.terminal.arguments import Arguments
from assistant.terminal.opening import opened
from assistant.terminal.output import Output, whole
from assistant.terminal.printed import number
from segments.catalogue_writing import Lesson
from segments.errors import Shown
from segments.problems import BadLesson

CONFIRM = 3


def teach(arguments: Arguments, output: Output) -> int:
    """Teach one word."""
    with opened(arguments) as shop:
        teacher = Teacher(shop)
        word = " ".join(whole(arguments.word).split())
        known = teacher.known(word, output.language)
        lesson = _lesson(teacher, word, arguments, output.language)
        text = whole(arguments.sentence or (word if known else ""))
        if text:
            _compared(teacher.trial(lesson, text, output.language), output)
        if known and not arguments.yes:
            output.wrong(output.texts.cli("teach_confirm", word=word))
            return CONFIRM
        teacher.teach(lesson)
        _kept(teacher, lesson, output)
        return 0


def _lesson(teacher: Teacher, word: str, arguments: Arguments, language: str) -> Lesson:
    if arguments.means is not None:
        return teacher.rule(word, language, whole(arguments.means))
    if arguments.value is not None:
        of, _, value = whole(arguments.value).partition("=")
        return teacher.value(word, language, of.strip(), value.strip())
    if arguments.field is not None:
        return teacher.name(word, language, whole(arguments.field))
    form = "verb" if arguments.verb else "noun"
    return teacher.event(word, language, whole(arguments.event or ""), form)


def _compared(trial: Trial, output: Output) -> None:
    for key, answer in (("teach_before", trial.before), ("teach_after", trial.after)):
        said = answer.readback or " ".join(answer.reasons)
        if answer.status is Status.ASKS:
            said = " ".join(question.text for question in answer.questions)
        counted = number(answer.count, output.language) or "–"
        output.line(f"{output.texts.page(key)} ", (counted, "bold"), f"  {said}")


def _kept(teacher: Teacher, lesson: Lesson, output: Output) -> None:
    told = next(each for each in teacher.told(output.language) if each.is_for(lesson))
    output.line(output.texts.page("teach_kept", word=told.words, means=told.means))
    output.line((output.texts.cli("teach_place", path=str(teacher.place)), "dim"))


def taught(arguments: Arguments, output: Output) -> int:
    """List what the shop was taught."""
    with opened(arguments) as shop:
        for each in Teacher(shop).told(output.language):
            if arguments.json:
                output.json(
                    {
                        "name": each.name,
                        "words": each.words,
                        "means": each.means,
                        "definition": each.definition,
                        "language": each.language,
                        "fits": each.fits,
                    }
                )
            else:
                _listed(each, output)
    return 0


def _listed(told: Told, output: Output) -> None:
    language = f"{told.language}  " if told.language else ""
    output.line((told.words, "bold"), f"  {language}{told.means}")
    if told.definition:
        output.line((f"    {told.name}: {told.definition}", "dim"))
    if not told.fits:
        output.wrong(f"    {output.texts.page('own_words_broken')}")


def forget(arguments: Arguments, output: Output) -> int:
    """Take away a rule or a taught word."""
    word = " ".join(whole(arguments.word).split())
    with opened(arguments) as shop:
        teacher = Teacher(shop)
        found = [each for each in teacher.told(output.language) if each.called(word)]
        own = [e for e in found if e.language in ("", arguments.language)] or found
        if not own:
            raise Shown(BadLesson("", "not_there", word))
        for each in own:
            teacher.forget(each.lesson)
            output.line(output.texts.page("teach_forgotten", word=each.words, means=each.means))
    return 0


def remember(shop: Shop, state: State, output: Output) -> None:
    """Keep the choices of a conversation's sentence for the shop."""
    teacher = Teacher(shop)
    sentence, answers = state.current.sentence, state.answers
    readings = [turn.reading for turn in state.turns if turn.sentence == sentence]
    asking = next((each for each in readings if each and each.status is Status.ASKS), None)
    kept = False
    for question in asking.questions if asking else ():
        if asking is not None and question.key in answers:
            rule = teacher.remembered(asking, answers, question.key, state.language)
            if rule is not None:
                teacher.teach(rule)
                _kept(teacher, rule, output)
                kept = True
    if not kept:
        output.wrong(texts(state.language).cli("nothing_to_remember"))
