"""Files for staff to complete: a plan from its official text, a report to fill in.

Comes in: an official text, or a plan and a unit. Goes out: YAML with the official words
untouched, proposals for the data, and a question wherever the text leaves a doubt.
"""
