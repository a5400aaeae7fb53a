"""From bytes to a table: encodings, separators, workbooks, pasted text, and which row is the header."""
