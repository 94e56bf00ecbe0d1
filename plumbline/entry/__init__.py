"""What people enter: checked, stored and corrected without losing what was there; every action in one history."""
