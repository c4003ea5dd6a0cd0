"""Where definitions meet data: preparing a shop's files, and the engines that run generated SQL.

The only package that imports a database driver. Start reading at `prepare`, then `duckdb_engine`.
"""
