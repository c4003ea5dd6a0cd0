"""A segment is handed over: the file that a mailing or ad tool accepts, and whom it leaves out.

Start at `tools` for what each tool takes, `terms` for what is chosen, `leaving` for consent,
suppression and holdout, `writing` for the file.
"""

from segments.handover.leaving import Chosen, Decided, Reason, decide
from segments.handover.terms import Terms, checked_terms
from segments.handover.tools import TOOLS, Tool
from segments.handover.writing import file_pieces, headers, write_file

__all__ = [
    "TOOLS", "Chosen", "Decided", "Reason", "Terms", "Tool", "checked_terms", "decide",
    "file_pieces", "headers", "write_file",
]  # fmt: skip
