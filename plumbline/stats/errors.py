"""What the statistics refuse: each says which column, what is wrong with it and what to do."""

from plumbline.errors import PlumblineError


class StatsError(PlumblineError):
    """A figure can't be worked out from this frame; the message names columns, never a patient's value."""
