"""Everything about data and sets of customers; knows no human language.

Start reading at `definition` (what a segment can say), then `catalogue` (what a shop has),
then `compile` (how the two become SQL) and `engine` (how that runs).
"""
