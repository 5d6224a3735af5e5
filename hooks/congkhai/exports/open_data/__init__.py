"""Open data: tidy tables for spreadsheets and programs, described once, in a data dictionary.

Comes in: the `SiteModel`. Goes out: the tables under `/du-lieu/` as CSV and, of a plan, as a
workbook; `datapackage.json`, which describes them; the same rows as JSON, one within the other,
with schemas and a context. `rows` says what stands in a table, `records` which rows stand within
which, `pages/dictionary.yml` what each column means; a test compares them.
"""
