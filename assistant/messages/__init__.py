"""Definitions said in words. Start at `readback`."""
