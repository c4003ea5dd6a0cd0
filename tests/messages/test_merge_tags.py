"""Each tool's own syntax, from its documentation, and what it does without a name."""

import pytest

from assistant.messages.merge_tags import TAGS, received, tools, used, written

NAMES = {
    "plain": "Hej {first_name}!",
    "klaviyo": "Hej {{ first_name|default:'du' }}!",
    "mailchimp": "Hej *|IF:FNAME|**|FNAME|**|ELSE:|*du*|END:IF|*!",
    "hubspot": "Hej {{ personalization_token('contact.firstname', 'du') }}!",
    "braze": "Hej {{${first_name} | default: 'du'}}!",
    "rule": "Hej [CustomField:Subscriber.FirstName]!",
}
COMPANIES = {
    "plain": "Till {company}.",
    "klaviyo": "Till {{ person.organization|default:'er' }}.",
    "mailchimp": "Till *|IF:COMPANY|**|COMPANY|**|ELSE:|*er*|END:IF|*.",
    "hubspot": "Till {{ personalization_token('contact.company', 'er') }}.",
    "braze": "Till {{custom_attribute.${company} | default: 'er'}}.",
    "rule": "Till [CustomField:Subscriber.Company].",
}
UNSUBSCRIBE = {
    "plain": "",
    "klaviyo": "{% unsubscribe %}",
    "mailchimp": "*|UNSUB|*",
    "hubspot": "{{ unsubscribe_link }}",
    "braze": "{{${set_user_to_unsubscribed_url}}}",
    "rule": "[Link:Unsubscribe]",
}


def test_every_tool_is_written_out_here() -> None:
    assert set(tools()) == set(NAMES) == set(COMPANIES) == set(UNSUBSCRIBE)


@pytest.mark.parametrize("tool", tools())
def test_a_name_and_a_company_are_written_as_the_tool_does(tool: str) -> None:
    known = tools()[tool]
    said = {"first_name": "du", "company": "er"}
    assert written("Hej {first_name}!", known, said) == NAMES[tool]
    assert written("Till {company}.", known, said) == COMPANIES[tool]
    assert known.unsubscribe == UNSUBSCRIBE[tool]


@pytest.mark.parametrize("tool", tools())
def test_a_text_is_measured_by_the_longest_name_or_what_stands_for_it(tool: str) -> None:
    known = tools()[tool]
    text = written("Hej {first_name}!", known, {"first_name": "medmenneske"})
    long = 11 if known.falls_back("first_name") else 4
    assert received(text, known, {"first_name": 4}) == f"Hej {'x' * long}!"
    assert received(text, known, {"first_name": 20}) == f"Hej {'x' * 20}!"


@pytest.mark.parametrize("tool", tools())
@pytest.mark.parametrize("strange", ["d'you", '"du"', "{{x}}", "a|b", "*|END:IF|*", "{% x %}"])
def test_what_stands_for_a_name_cannot_end_the_tag(tool: str, strange: str) -> None:
    known = tools()[tool]
    text = written("{first_name}", known, {"first_name": strange})
    assert set(received(text, known, {"first_name": 1})) == {"x"}


def test_tools_that_cannot_fall_back_are_known() -> None:
    without = {code for code, tool in tools().items() if not tool.falls_back("first_name")}
    assert without == {"plain", "rule"}


def test_the_tags_of_a_text_are_found_and_nothing_else_is_one() -> None:
    assert used("{first_name} at {company} likes {category}") == set(TAGS)
