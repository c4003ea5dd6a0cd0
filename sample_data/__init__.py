"""The sample shop: generated data and the program that made it."""
