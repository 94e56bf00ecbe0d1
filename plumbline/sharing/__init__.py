"""Links by which a patient sees their own progress: made, tried, opened, taken back. A link is of one patient."""
