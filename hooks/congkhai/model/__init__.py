"""The model works out what the data means on a day; it does not know about pages.

Comes in: a `Dataset` and the day that deadlines are judged on. Goes out: the site model:
places, plans with their commitments, who answers for which item, states, progress, the
cascade of goals, changes. A page states nothing that is not in it.
"""
