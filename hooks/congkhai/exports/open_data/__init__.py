"""Open data: tidy tables for spreadsheets and programs, described once, in a data dictionary.

Comes in: the `SiteModel`. Goes out: the tables under `/du-lieu/` as CSV and, of a plan, as a
workbook; `datapackage.json`, which describes them. `rows` says what stands in a table,
`pages/dictionary.yml` what each column means; a test compares the two.
"""
