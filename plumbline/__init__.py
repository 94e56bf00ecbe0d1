"""Plumbline: recovery after kyphoplasty, shown against the expected healing timeline."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Our matrices are narrow: several threads, beside those of the store, made a comparison four times slower."""

VERSION = "0.1.0"
"""As in pyproject.toml; a test keeps the two equal."""
