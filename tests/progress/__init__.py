"""Tests of what a patient is shown."""
