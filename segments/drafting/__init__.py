"""A first catalogue of a folder that nobody has described yet, guessed from names and data.

Start at `drafter.draft`; `writing.written` gives the text.
"""
