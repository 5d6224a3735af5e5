"""All commands but those of MkDocs: each module adds its own to the parser.

Comes in: arguments, `PLANS_DIR`, `AS_OF`, the working folder. Goes out: text in Vietnamese, and an
exit status, see `parser`. `parser` and `site` are light, so that a build begins at once.
"""
