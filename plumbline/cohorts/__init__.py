"""Cohorts: a definition by filters, its versions, and which procedures are in it."""
