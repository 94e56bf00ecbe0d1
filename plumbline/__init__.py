"""Plumbline: recovery after kyphoplasty, shown against the expected healing timeline."""

VERSION = "0.1.0"
"""As in pyproject.toml; a test keeps the two equal."""
