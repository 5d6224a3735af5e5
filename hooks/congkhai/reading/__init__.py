"""Facts in the words of a provision, each with the span it was read from.

Comes in: provisions of a `congkhai.sources.document.SourceDocument`, or a sentence alone.
Goes out: bodies and their roles, deadlines, figures and citations, and questions for
what carries a date, a figure or a body and could not be read. A grammar of the language
of Vietnamese administrative documents; its tables of words are in `lexicon`.
"""
