"""Says what is wrong with the data, all at once, in Vietnamese.

Comes in: a `Dataset` and the day. Goes out: `Problem`s with path, line and the right form.
A rule is one small generator, and its docstring is the rule; `context` holds what rules are
asked about, `runner` asks them all except `published`, which compares with a git revision.
"""
