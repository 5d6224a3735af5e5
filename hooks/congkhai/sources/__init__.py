"""Files as an office made them (.docx, .xlsx, .odt, .html, .md, .txt, .pdf) to document trees.

Comes in: the path of one file. Goes out: a `SourceDocument` with every word of the file in
order and questions about what could not be decided; `UnreadableSource` for a file that
cannot be read. Knows nothing of units, plans or deadlines.
"""

from congkhai.sources.blocks import UnreadableSource as UnreadableSource
from congkhai.sources.document import Line as Line
from congkhai.sources.document import Provision as Provision
from congkhai.sources.document import Question as Question
from congkhai.sources.document import SourceDocument as SourceDocument
from congkhai.sources.reader import read_document as read_document
from congkhai.sources.reader import read_text as read_text
