"""The Clinics page: funnel, months, completeness, rates, waits, weeks."""
