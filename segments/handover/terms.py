"""What is chosen when a segment is handed over: the tool, the fields, whom to leave out.

In: choices. Out: `Terms` that fit a catalogue, or Shown with what does not. Start at
`checked_terms`.
"""

from dataclasses import dataclass
from decimal import Decimal

from segments.catalogue import Attribute, Catalogue, Type
from segments.errors import Shown
from segments.handover.tools import ADS, CONSENTS, TOOLS, Address, Tool
from segments.problems import BadHandover, BrokenAudience, Problem, UnknownField

MOST_HELD = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Terms:
    """How a segment is handed over.

    `fields` come beside the tool's own columns. `consent` is only off by a deliberate act.
    `suppress` names the lists of those who are never written to. `holdout` is the share kept out,
    0 to 0.5; the same `seed` keeps out the same people.
    """

    tool: str
    fields: tuple[str, ...] = ()
    name: str = ""
    consent: bool = True
    suppress: tuple[str, ...] = ()
    holdout: Decimal = Decimal(0)
    seed: str = ""

    @property
    def of(self) -> Tool:
        """The tool itself."""
        return TOOLS[self.tool]


def checked_terms(terms: Terms, catalogue: Catalogue) -> Terms:
    """The terms as they are; raises Shown with all that this shop cannot do of them."""
    problems: list[Problem] = []
    tool = TOOLS.get(terms.tool)
    if tool is None:
        raise Shown(BadHandover("tool", "no_tool", terms.tool, ", ".join(TOOLS)))
    known = tuple(catalogue.fields)
    problems += [UnknownField("fields", each, known) for each in terms.fields if each not in known]
    if terms.fields and not tool.chosen:
        problems.append(BadHandover("fields", "own_columns", tool.name))
    if not 0 <= terms.holdout <= MOST_HELD:
        problems.append(BadHandover("holdout", "holdout", f"{terms.holdout:f}"))
    lists = {each.name: each.field for each in catalogue.audiences.lists.values()}
    for name in terms.suppress:
        if name not in lists:
            problems.append(BadHandover("suppress", "no_list", name, ", ".join(sorted(lists))))
        elif (field := lists[name]) is not None and field not in catalogue.fields:
            problems.append(BrokenAudience("suppress", name))
    if not problems:
        problems += _unreachable(terms, tool, catalogue)
    if problems:
        raise Shown(*problems)
    return terms


def _unreachable(terms: Terms, tool: Tool, catalogue: Catalogue) -> list[Problem]:
    """A file of addresses in a shop that has none, or that knows of no consent to use them."""
    found = addresses(terms, catalogue)
    if not found:
        wanted = {column.role for column in tool.columns} & set(Address)
        return [BadHandover("tool", "no_address", tool.name)] if wanted else []
    if terms.consent and not any(consent_of(each, tool, catalogue) for each in found):
        wanted_fields = ", ".join(sorted({ADS if tool.ads else CONSENTS[each] for each in found}))
        return [BadHandover("consent", "no_consent", tool.name, wanted_fields)]
    return []


def addresses(terms: Terms, catalogue: Catalogue) -> tuple[Address, ...]:
    """What the people in the file can be reached by, where the shop has it."""
    roles = {column.role for column in terms.of.columns}
    roles |= {catalogue.fields[name].role or "" for name in terms.fields}
    return tuple(each for each in Address if each in roles and catalogue.field_by_role(each))


def consent_of(address: Address, tool: Tool, catalogue: Catalogue) -> Attribute | None:
    """The field that says yes to the use of an address, if the shop has it. A field of another
    type has no yes that could be told."""
    field = catalogue.field_by_role(ADS if tool.ads else CONSENTS[address])
    return field if field is not None and field.type is Type.YES_NO else None
