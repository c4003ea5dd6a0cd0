"""How members of a segment can be reached and when, exact from the data.

In: a definition, the data of one day. Out: `Habits`. Start at `habits_of`.
"""

from collections.abc import Mapping

from assistant.answers.facts_data import Data
from assistant.messages.habits import Answered, Habits, Reach
from segments.compile.inquiries import records_by
from segments.compile.portraits import Scope, hours, reachable
from segments.definition import Condition, Rolling, Unit

YEAR = Rolling(12, Unit.MONTH)

# The consent and the address of each channel, by role. An advertising network finds people by
# their e-mail.
_NEEDED: Mapping[str, tuple[str, str]] = {
    "email": ("consent_email", "email"),
    "sms": ("consent_sms", "phone"),
    "letter": ("consent_post", "postal_code"),
    "ads": ("consent_ads", "email"),
}
# Visits and orders are their own doing; opens and clicks only tell when something was sent.
_SOURCES = ("visit", "purchase")


def habits_of(definition: Condition, data: Data) -> Habits:
    """Reach, answers and times of a segment."""
    count = data.counts.of(definition)
    if not count:
        return Habits(0)
    scope = data.scope(definition)
    source, times = _times(data, scope)
    return Habits(
        count,
        tuple(_reach(data, scope, channel) for channel in _NEEDED),
        _answered(data, scope),
        _orders(data, scope),
        source,
        times,
    )


def _reach(data: Data, scope: Scope, channel: str) -> Reach:
    consent, address = (data.catalogue.field_by_role(role) for role in _NEEDED[channel])
    if consent is None:
        return Reach(channel, None, None)
    agreed = data.rows(reachable(scope, consent.name, None))[0][0]
    if address is None:
        return Reach(channel, agreed, None)
    return Reach(channel, agreed, data.rows(reachable(scope, consent.name, address.name))[0][0])


def _answered(data: Data, scope: Scope) -> tuple[Answered, ...]:
    """By the channels that the shop sends by, as the roles of its values name them."""
    received = _members_by(data, scope, "receive")
    opened, clicked = (_members_by(data, scope, role) for role in ("open", "click"))
    if received is None:
        return ()
    return tuple(
        Answered(
            channel,
            members,
            None if opened is None or channel not in opened else opened[channel],
            None if clicked is None else clicked.get(channel, 0),
        )
        for channel, members in sorted(received.items(), key=lambda pair: -pair[1])
    )


def _members_by(data: Data, scope: Scope, role: str) -> dict[str, int] | None:
    """How many members have a record of the last year, by channel."""
    owner = data.attribute(role, "channel")
    if owner is None:
        return None
    event, channel = owner
    named = {value.code: value.role or value.code for value in channel.values}
    asked = (event.name, channel.name, YEAR if event.time is not None else None)
    rows = data.rows(
        records_by(scope.members, asked, data.catalogue, (scope.instant, scope.ceiling))
    )
    return {named.get(row[0], str(row[0])): row[1] for row in rows if row[0] is not None}


def _orders(data: Data, scope: Scope) -> dict[str, int]:
    owner = data.attribute("purchase", "channel")
    if owner is None:
        return {}
    event, channel = owner
    asked = (event.name, channel.name, YEAR if event.time is not None else None)
    rows = data.rows(
        records_by(scope.members, asked, data.catalogue, (scope.instant, scope.ceiling))
    )
    known = {str(row[0]): int(row[2]) for row in rows if row[0] is not None}
    return dict(sorted(known.items(), key=lambda pair: -pair[1]))


def _times(data: Data, scope: Scope) -> tuple[str, dict[tuple[int, int], int]]:
    for role in _SOURCES:
        event = data.event(role)
        if event is not None and event.time is not None:
            rows = data.rows(hours(scope, event.name, YEAR))
            return role, {(int(row[0]), int(row[1])): int(row[3]) for row in rows}
    return "", {}
