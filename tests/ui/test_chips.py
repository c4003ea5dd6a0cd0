"""A chip on the page: what is opened, changed and applied is the segment then, and nothing else."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from segments.codec import from_text, to_text

COMPARED = "sum(purchase.amount in 2026) > sum(purchase.amount in 2025)"
SHARED = (
    'share(count(purchase where channel = "web" in last 1 year)'
    " of count(purchase in last 1 year)) >= 30"
)
ROW = "sequence(open then purchase within 7 days)"
GROUPED = "groups(month having count(purchase) >= 3) >= 1"
NEAR = "sum(purchase.amount in 90 days after first(purchase)) > 500"
RANKED = "top 2.5 % by sum(purchase.amount) within city"

# the definition, the widget's kind and the end of its key, what is put there, the definition then
CASES = [
    (COMPARED, "number_input", "2_year", 2024, COMPARED.replace("2026", "2024")),
    (COMPARED, "selectbox", "0", "<=", COMPARED.replace(">", "<=")),
    (COMPARED, "number_input", "1", 1.5, COMPARED.replace("> sum", "> 1.5 times sum")),
    (SHARED, "number_input", "0_0", 12.5, SHARED.replace("30", "12.5")),
    (SHARED, "number_input", "2_count", 2, SHARED.replace("last 1 year", "last 2 years")),
    ("gap(average of purchase) < 30", "number_input", "1_0", 14, "gap(average of purchase) < 14"),
    ("gap(average of purchase) < 30", "selectbox", "0", "minimum", "gap(minimum of purchase) < 30"),
    ("overdue(2 times purchase)", "number_input", "0", 3, "overdue(3 times purchase)"),
    (ROW, "number_input", "4_count", 14, ROW.replace("7", "14")),
    (ROW, "selectbox", "4_near", False, ROW.replace(" within 7 days", "")),
    (ROW, "selectbox", "2", "before", ROW.replace("then", "preceded by")),
    (ROW, "selectbox", "3", "absent", ROW.replace("purchase", "no purchase")),
    (GROUPED, "number_input", "2_0", 2, GROUPED.replace("3", "2")),
    (GROUPED, "selectbox", "1", "week", GROUPED.replace("month", "week")),
    (
        'favourite(purchase.category) = "hair care"',
        "multiselect",
        "0_values",
        ["skin care"],
        'favourite(purchase.category) = "skin care"',
    ),
    (NEAR, "number_input", "1_count", 30, NEAR.replace("90", "30")),
    (NEAR, "selectbox", "1_unit", "week", NEAR.replace("days", "weeks")),
    (NEAR, "selectbox", "1_window", "rolling", "sum(purchase.amount in last 90 days) > 500"),
    (NEAR, "number_input", "0_0", 800.0, NEAR.replace("500", "800")),
    (RANKED, "number_input", "1", 5, RANKED.replace("2.5", "5")),
    (RANKED, "selectbox", "3", "", RANKED.replace(" within city", "")),
    (
        "last(purchase) > 90 days ago",
        "number_input",
        "1_distance_0",
        30,
        "last(purchase) > 30 days ago",
    ),
    (
        'count(purchase where not channel = "web") >= 1',
        "multiselect",
        "0_values",
        ["store"],
        'count(purchase where not channel = "store") >= 1',
    ),
]


def opened(app: AppTest, definition: str) -> AppTest:
    app.query_params["d"] = definition
    app.run()
    assert not app.exception
    app.session_state[f"chip_0_0_{app.session_state['version']}"] = True
    return app.run()


def applied(app: AppTest) -> str:
    app.button(key=f"chip_0_0_{app.session_state['version']}_apply").click().run()
    assert not app.exception
    return to_text(app.session_state["state"].definition)


@pytest.mark.parametrize(("before", "kind", "end", "put", "after"), CASES)
def test_one_change_is_the_only_one(
    app: AppTest, before: str, kind: str, end: str, put: object, after: str
) -> None:
    opened(app, before)
    key = f"chip_0_0_{app.session_state['version']}_{end}"
    widget: Any = next(one for one in app.get(kind) if one.key == key)
    widget.set_value(put).run()
    assert applied(app) == to_text(from_text(after))


@pytest.mark.parametrize("definition", sorted({case[0] for case in CASES}))
def test_nothing_changes_when_nothing_is_changed(app: AppTest, definition: str) -> None:
    assert applied(opened(app, definition)) == to_text(from_text(definition))
