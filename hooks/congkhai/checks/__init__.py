"""Rules about the data: everything that is wrong with it, all at once, in Vietnamese.

Comes in: a `Dataset` and the day that deadlines are judged on. Goes out: `Problem`s with path,
line and the right form. A rule is one generator, and its docstring is the rule in plain English;
`context` holds what a rule is called with, `runner` lists all rules and calls them, except those
of `published`, which compare the data with a git revision.
"""
