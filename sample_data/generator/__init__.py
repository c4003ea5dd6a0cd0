"""The shop generator: facts in data/, people, what they do, and the Parquet files.

Start reading in shop.py, which makes every table in order. Everything is drawn from
named random streams of one seed (draw.py), so each run gives the same rows. The
package knows nothing of segments or of the assistant that will read its tables.
"""
