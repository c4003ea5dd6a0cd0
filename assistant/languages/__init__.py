"""Languages as data: one folder a language, and what reads those folders."""
