"""Vietnamese text and dates, which every other package uses.

Comes in: strings as people type them. Goes out: folded text, slugs, Vietnamese order and
numbers; partial dates and calendar days in Viet Nam; the word nearest to a wrong one.
Nothing here depends on plans.
"""
