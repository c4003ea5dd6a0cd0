"""What each sort of piece does to a state: one function a sort, pure.

`words` for what carries no condition, `fields` for values and fields, `events` for what members
do, `numbers` for comparisons and windows. `context` holds what they share.
"""
