"""What a patient's link opens: its door, the light page, the same on paper, and the end of it."""
