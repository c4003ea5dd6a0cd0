"""What each sort of piece does to a state: one function a sort, pure.

`words` for what carries no condition, `values`, `quotes` and `fields` for what members are,
`events`, `attributes` and `rankings` for what they do, `numbers`, `ages` and `afterwards` for
comparisons, `windows` for time, `vague` for words without a fixed meaning. `context` holds what
they share.
"""
