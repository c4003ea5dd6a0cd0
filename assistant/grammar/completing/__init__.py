"""What can come next in a sentence as one types it. Start at `completer`."""
