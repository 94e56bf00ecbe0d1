"""Clinics and surgeons against what chance allows, and over time."""
