"""A manager's work: the workspace, what can be done in it, and what is done in the background.

Knows no page.
"""
