"""Plans as files that people read: a workbook, a PDF, a page, a message, a date.

Each shows a :class:`~matcher.plan.report.Report`, which alone decides what is said and to whom.
"""
