"""Of each of the last few letters it is told whether it was opened, against a query of its own over
the raw files."""

from datetime import date, datetime

import duckdb
import pytest

from assistant.answers import Shop, Why
from segments.codec import from_text
from tests.sample_shop import FOLDER, sample

OPENED = (
    'followed(last 5 receive where campaign_kind = "newsletter" then open same (campaign)) = {n}'
)
LETTERS = """
SELECT c.name, s.sent_at, min(o.opened_at)
FROM '{shop}/sends.parquet' s JOIN '{shop}/campaigns.parquet' c USING (campaign_id)
LEFT JOIN '{shop}/opens.parquet' o ON o.customer_id = s.customer_id
  AND o.campaign_id = s.campaign_id AND o.opened_at > s.sent_at
WHERE s.customer_id = {member} AND c.kind = 'newsletter'
GROUP BY ALL ORDER BY s.sent_at DESC LIMIT 5"""

FEW = """
SELECT s.customer_id FROM '{shop}/sends.parquet' s
JOIN '{shop}/campaigns.parquet' c USING (campaign_id)
WHERE c.kind = 'newsletter' GROUP BY 1 HAVING count(*) BETWEEN 1 AND 4 ORDER BY 1 LIMIT 1"""


def _letters(member: int) -> list[tuple[str, datetime, datetime | None]]:
    query = LETTERS.format(shop=FOLDER / "shop", member=member)
    with duckdb.connect() as connection:
        return connection.execute(query).fetchall()


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _why(member: int, n: int, language: str = "en") -> Why:
    shop = Shop(sample().engine, sample().engine.values(), sample().reader)
    return shop.why(from_text(OPENED.format(n=n)), str(member), language=language)


@pytest.mark.parametrize("n", [0, 2, 4, 5])
def test_each_of_the_last_letters_is_told_with_whether_it_was_opened(n: int) -> None:
    members = sorted(sample().members(from_text(OPENED.format(n=n))))[:3]
    assert members
    for member in members:
        assert isinstance(member, int)
        letters = _letters(member)
        why = _why(member, n)
        expected = [
            f"{_day(sent)} · {name}: " + (f"yes, on {_day(opened)}" if opened else "no")
            for name, sent, opened in letters
        ]
        assert why.inside
        assert why.reasons[0].evidence == (f"Yes for {n} of 5.", *expected)


def test_that_there_are_too_few_is_told() -> None:
    with duckdb.connect() as connection:
        (member,) = connection.execute(FEW.format(shop=FOLDER / "shop")).fetchall()[0]
    letters = _letters(member)
    why = _why(member, 0)
    opened = sum(1 for _, _, when in letters if when is not None)
    assert not why.inside
    assert why.reasons[0].evidence[0].startswith(f"Yes for {opened} of {len(letters)};")
    assert len(why.reasons[0].evidence) == 1 + len(letters)


@pytest.mark.parametrize(
    ("language", "no"), [("en", "no"), ("sv", "nej"), ("da", "nej"), ("nb", "nei")]
)
def test_it_is_told_in_each_language(language: str, no: str) -> None:
    (member, *_) = sorted(sample().members(from_text(OPENED.format(n=0))))
    assert isinstance(member, int)
    lines = _why(member, 0, language).reasons[0].evidence
    assert [line.endswith(f": {no}") for line in lines[1:]] == [True] * 5
