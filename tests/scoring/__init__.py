"""Scores from items."""
