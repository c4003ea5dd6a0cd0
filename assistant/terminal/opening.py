"""The shop that a command line names, with what its person keeps. Start at `opened`."""

from assistant.answers import Shop
from assistant.answers.kept import kept_store
from assistant.terminal.arguments import Arguments


def opened(arguments: Arguments) -> Shop:
    """Open the shop; raises Shown for all that is wrong with it."""
    return Shop.open(arguments.data, arguments.catalogue, store=kept_store())
