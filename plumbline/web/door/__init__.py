"""What every request passes before a page: the gate, signing in, the headers."""
