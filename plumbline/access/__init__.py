"""Who may come in, in which role and for which clinics; and the sessions of those who have."""
