"""What the `krets` command does, one module a command; `assistant.cli` is the entry.

Start at `asking`.
"""
