"""A segment is handed over: the file that a mailing or ad tool accepts, and whom it leaves out.

Start at `tools` for what each tool takes, `terms` for what is chosen, `leaving` for consent,
suppression and holdout, `writing` for the file.
"""

from segments.handover.leaving import Reason, count_reasons, key_pieces
from segments.handover.terms import Terms, checked_terms
from segments.handover.tools import TOOLS, Tool
from segments.handover.writing import Chosen, file_pieces, headers, write_file

__all__ = [
    "TOOLS", "Chosen", "Reason", "Terms", "Tool", "checked_terms", "count_reasons", "file_pieces",
    "headers", "key_pieces", "write_file",
]  # fmt: skip
