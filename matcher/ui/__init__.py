"""The pages and their parts: the only place that imports streamlit."""
