"""The conversation about one segment: `step.step(state, move, context)` gives the next state.

Pure: no screen, no engine, no clock. Start at `state`, then `moves`, then `step`; `edits` is what a
chip offers to change.
"""
