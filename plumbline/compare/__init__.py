"""Two to four cohorts side by side: `model.Comparison` says all of it, once."""
