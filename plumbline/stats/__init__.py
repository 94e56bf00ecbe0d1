"""Cohort statistics over scipy and statsmodels: frames in, frames or dictionaries out; nothing here knows a store."""
