"""What a patient is shown about their own recovery: one model, three renderings (light page, Streamlit, PDF)."""
