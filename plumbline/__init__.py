"""Plumbline: recovery after kyphoplasty, shown against the expected healing timeline."""
