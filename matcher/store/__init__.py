"""What is kept: tables in a database and the documents in them.

Knows no workspace and no page. Nothing is imported here, so that what needs no database starts without one.
"""
