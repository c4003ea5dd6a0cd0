"""Teaching the shop a word where it stands, and remembering the answer to a question.

In: a word, or a question that was answered. Out: drawn; what is kept goes to the shop's catalogue,
and the sentence in the box is read again. A lesson is seen before it is kept: what a sentence means
today, and with it. Start at `teach` and `remember`.
"""

from dataclasses import dataclass

import streamlit as st

from assistant.answers import Answer, Asked
from assistant.answers.teaching import Teacher, Trial
from assistant.languages.files import languages
from assistant.languages.texts import Texts
from assistant.ui import resources, session, shown
from assistant.ui.account import unknown
from assistant.ui.numbers import language_name, number
from assistant.ui.trouble import plain, safe
from segments.catalogue_writing import Lesson
from segments.errors import Shown

MOST_OFFERED = 3  # words that can be taught at once
KINDS = ("rule", "value", "field", "noun", "verb")
_OPEN, _DRAFT, _WRONG, _SAID = "teach_open", "teach_draft", "teach_wrong", "teach_said"


@dataclass(frozen=True, slots=True)
class Draft:
    """A lesson that waits to be kept: what it would do to a sentence."""

    place: str
    lesson: Lesson
    trial: Trial
    known: bool


def teacher() -> Teacher:
    """Who teaches this shop."""
    return Teacher(resources.shop())


def told(texts: Texts) -> None:
    """Say once what was kept or forgotten last."""
    if said := st.session_state.pop(_SAID, None):
        key, word, means = said
        sentence = safe(texts.page(key, word=word, means=means))
        st.html(f'<div class="krets-changed" role="status"><p>{sentence}</p></div>')


def tell(key: str, word: str, means: str) -> None:
    """Have this said the next time the page is drawn."""
    st.session_state[_SAID] = (key, word, means)


# --- answers ----------------------------------------------------------------------------------


def remember(asked: Asked, texts: Texts) -> None:
    """Draw the button that makes the choice taken hold for the shop."""
    question = session.first_question(asked.key)
    if asked.key not in session.state().answers or question is None:
        return
    if teacher().rememberable(question):
        st.button(
            texts.page("remember"),
            key=f"remember_{asked.key}",
            icon=":material/push_pin:",
            type="tertiary",
            on_click=_remember,
            args=(asked.key,),
        )
    _why_not(asked.key)


def _remember(key: str) -> None:
    state, reading = session.state(), session.first_asking()
    if reading is None:
        return
    rule = teacher().remembered(reading, state.answers, key, state.language)
    if rule is None:
        st.session_state[_WRONG] = (key, session.texts().page("not_remembered"))
    else:
        keep(key, rule)


# --- words ------------------------------------------------------------------------------------


def offer(answer: Answer, texts: Texts) -> None:
    """Draw a button for each word that was not understood, and what it opens."""
    language = answer.reading.language if answer.reading else texts.language
    for word in unknown(answer.words)[:MOST_OFFERED]:
        st.button(
            texts.page("teach", word=plain(word)),
            key=f"teach_{word}",
            icon=":material/school:",
            on_click=_open,
            args=(word,),
        )
        if st.session_state.get(_OPEN) == word:
            teach("ask", word, language, answer.text, texts)


def _open(word: str) -> None:
    """Open the form of a word; press again to close it."""
    now = st.session_state.get(_OPEN)
    st.session_state[_OPEN] = None if now == word else word
    _drop()


def _drop() -> None:
    """A draft belongs to the words it was made of."""
    st.session_state.pop(_DRAFT, None)
    st.session_state.pop(_WRONG, None)


def teach(place: str, word: str, language: str, sentence: str, texts: Texts) -> None:
    """Draw the form: what the word is, what it would do, and the button that keeps it."""
    with st.container(border=True, key=f"teaching_{place}"):
        what = texts.page("teach_what", word=word) if word else texts.page("own_words_add")
        if not word:
            word = st.text_input(
                texts.page("own_words_word"), key=f"{place}_word", on_change=_drop
            ).strip()
        kind = st.selectbox(
            plain(what),
            KINDS,
            format_func=lambda each: texts.page(f"teach_{each}"),
            key=f"{place}_kind",
            on_change=_drop,
        )
        _meaning(place, kind, texts)
        spoken = languages()
        st.selectbox(
            texts.page("teach_language"),
            spoken,
            index=spoken.index(language),
            format_func=lambda code: language_name(code, texts.language),
            key=f"{place}_language",
            on_change=_drop,
        )
        st.button(
            texts.page("teach_try"),
            key=f"{place}_try",
            on_click=_try,
            args=(place, word, kind, sentence),
            disabled=not word,
        )
        drafted(place, texts)


def _meaning(place: str, kind: str, texts: Texts) -> None:
    if kind == "rule":
        label, hint = texts.page("teach_means"), texts.page("teach_hint")
        st.text_input(label, key=f"{place}_means", placeholder=hint, on_change=_drop)
        return
    catalogue = resources.shop().catalogue
    if kind in ("noun", "verb"):
        st.selectbox(
            texts.page("teach_which_event"),
            list(catalogue.events),
            format_func=shown.event_name,
            key=f"{place}_event",
            on_change=_drop,
        )
        return
    named = {each.owner for each in resources.shop().spoken}
    owners = [each for each in catalogue.owners() if kind == "field" or each in named]
    of = st.selectbox(
        texts.page("teach_which_field"),
        owners,
        format_func=_owner,
        key=f"{place}_{kind}_of",
        on_change=_drop,
    )
    if kind == "value" and of:
        known = shown.values(of)
        st.selectbox(
            texts.page("teach_which_value"),
            list(known),
            index=None,
            format_func=lambda code: known.get(code, code),
            key=f"{place}_value_{of}",
            accept_new_options=True,
            placeholder=texts.page("choose_values"),
            on_change=_drop,
        )


def _owner(name: str) -> str:
    """A field or an attribute; of an attribute its event too, since several may have it."""
    event, _, _ = name.rpartition(".")
    said = shown.name_of(name)
    return f"{said} ({shown.event_name(event)})" if event else said


def _try(place: str, word: str, kind: str, sentence: str) -> None:
    _drop()
    language = str(st.session_state[f"{place}_language"])
    try:
        known = teacher().known(word, language)
        draft(place, _lesson(place, word, kind, language), sentence or word, known=known)
    except Shown as wrong:
        refuse(place, wrong)


def _lesson(place: str, word: str, kind: str, language: str) -> Lesson:
    entered = st.session_state
    if kind == "rule":
        return teacher().rule(word, language, str(entered[f"{place}_means"] or ""))
    if kind == "value":
        of = str(entered[f"{place}_value_of"])
        return teacher().value(word, language, of, str(entered[f"{place}_value_{of}"] or ""))
    if kind == "field":
        return teacher().name(word, language, str(entered[f"{place}_field_of"]))
    return teacher().event(word, language, str(entered[f"{place}_event"]), kind)


def draft(place: str, lesson: Lesson, sentence: str, *, known: bool) -> None:
    """Try a lesson on a sentence and hold it until it is kept."""
    trial = teacher().trial(lesson, sentence, session.language())
    st.session_state[_DRAFT] = Draft(place, lesson, trial, known)


def refuse(place: str, wrong: Shown) -> None:
    """Have it said why a lesson cannot be taken."""
    texts = session.texts()
    said = " ".join(texts.problem(problem) for problem in wrong.problems)
    st.session_state[_WRONG] = (place, said)


def _why_not(place: str) -> None:
    """Say why something cannot be kept, where it was asked for."""
    wrong: tuple[str, str] | None = st.session_state.get(_WRONG)
    if wrong is not None and wrong[0] == place:
        st.warning(plain(wrong[1]), icon=":material/info:")


def drafted(place: str, texts: Texts) -> None:
    """Draw what waits at a place to be kept, or why it cannot be."""
    _why_not(place)
    held: Draft | None = st.session_state.get(_DRAFT)
    if held is None or held.place != place:
        return
    if held.known:
        word = getattr(held.lesson, "word", "") or held.lesson.name  # type: ignore[union-attr]
        st.warning(plain(texts.page("teach_known", word=word)), icon=":material/info:")
    for key, answer in (("teach_before", held.trial.before), ("teach_after", held.trial.after)):
        count = "–" if answer.count is None else number(answer.count, texts.language)
        asked = " ".join(question.text for question in answer.questions)
        said = answer.readback or asked or " ".join(answer.reasons)
        line = f"{texts.page(key)} <strong>{safe(count)}</strong> {safe(said)}"
        st.html(f'<p class="krets-told">{line}</p>')
    st.button(
        texts.page("teach_keep"),
        key=f"{place}_keep",
        type="primary",
        icon=":material/school:",
        on_click=keep,
        args=(place, held.lesson),
    )


def keep(place: str, lesson: Lesson) -> None:
    """Keep a lesson, and read the sentence in the box with it."""
    _drop()
    try:
        teacher().teach(lesson)
    except Shown as wrong:
        refuse(place, wrong)
        return
    st.session_state.pop(_OPEN, None)
    kept = next(each for each in teacher().told(session.language()) if each.is_for(lesson))
    tell("teach_kept", kept.words, kept.means)
    session.read_again()
