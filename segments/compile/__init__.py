"""A definition becomes SQL as a sqlglot tree, over the prepared layout only; never a string of SQL.

In: a definition that `check` has no problem with, its catalogue, the as-of instant (exclusive; see
`segments.windows`). Out: a select of member keys. Knows no engine: it runs nothing. Every condition
on events is one grouped key set at the member's level, so that nothing can fan out; the catalogue
has resolved links and joins before. Start at `members`, then `keysets`, `comparisons`, `nodes`;
why one member passes is `evidence`.
"""

from segments.compile.members import compile_count, compile_each, compile_members, to_sql

__all__ = ["compile_count", "compile_each", "compile_members", "to_sql"]
