"""Predictions of members from their own shop's history: frames in, scores and a card out.

Pure: knows no database, no clock and no catalogue. Only this package imports scikit-learn, and only
the engine imports this package, when a shop that asks for predictions is prepared. Start at
`learning.predicted`.
"""
