"""The same facts for machines: tables, JSON, feeds, calendars, the search index.

Comes in: the site model, and the finished pages for the search index. Goes out: files
beside the pages, each under a permanent address.
"""
