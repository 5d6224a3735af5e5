"""Files as an office made them (.docx, .xlsx, .odt, .html, .md, .txt, .pdf) to document trees.

Comes in: the path of one file. Goes out: a `SourceDocument` with every word of the file in
order and questions about what could not be decided; `UnreadableSource` for a file that
cannot be read. Knows nothing of units, plans or deadlines.
"""
