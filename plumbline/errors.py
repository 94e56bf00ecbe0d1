"""The one family of errors that a person may read: each says what happened and what to do."""


class PlumblineError(Exception):
    """Something that the reader can act on; the message is safe to show and holds no patient data."""


class StoreError(PlumblineError):
    """The store can't be opened, migrated or written."""


class StoreBusy(StoreError):
    """Another process has the store open; it may soon be free, or answer on its socket."""


class ImportRefused(PlumblineError):
    """Nothing of an import could be done; the store is untouched."""


class NotFound(PlumblineError):
    """What was asked for isn't in the store."""


class NotAllowed(PlumblineError):
    """The role may not do this."""


class Stopped(PlumblineError):
    """Ctrl-C; the message says what became of the work."""


class ConfigError(PlumblineError):
    """The start-up settings are missing or contradict each other."""
