"""The Flags page."""
