"""Text -> Reading. Knows no screen, no clock and no SQL, and holds no word of a human language.

Start at `reader.Reader.read`; `reading` holds what comes out.
"""
