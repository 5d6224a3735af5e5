"""The data folder, read strictly: every value keeps its line, nothing is reinterpreted.

Comes in: the folder `plans/` and its git history. Goes out: a `Dataset` of frozen, typed
records with a line for every value, and `Problem`s for what is no readable data. Types come
from the schema, never from YAML.
"""
