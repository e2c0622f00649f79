"""Pages that are read as text, whatever file they come in: HTML or PDF."""

from __future__ import annotations

from functools import cached_property

import attrs
from selectolax.lexbor import LexborHTMLParser

from scrapers.pages.base import PageError, RecordPage
from scrapers.pages.further_pages import further_page
from scrapers.pages.pdf import PdfText, is_pdf, read_pdf_text


@attrs.define(slots=False)
class DocumentPage(RecordPage):
    """Its tree has the words of the document in their order."""

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """PageError where the document is a PDF that cannot be read."""
        return LexborHTMLParser(self.response.text) if self._pdf is None else self._pdf.as_tree()

    @cached_property
    def _pdf(self) -> PdfText | None:
        return read_pdf_text(bytes(self.response.body)) if is_pdf(self.response) else None

    def doubts(self) -> tuple[str, ...]:
        if self._pdf is None or not self._pdf.unread_pages:
            return ()
        return (f"the last {self._pdf.unread_pages} pages of the PDF were not read",)

    def further_page(self, current: int) -> tuple[str | None, bool]:
        """The address of the page after this one, the `current` of its pages counted from 1, and
        whether there is such a page at all. A PDF is one document."""
        if self._pdf is not None:
            return None, False
        return further_page(self.tree, self.base_url, self.url, current)

    def require_whole(self) -> None:
        """Raises PageError when pages of the document were left unread: what was not found may
        stand there."""
        if self._pdf is not None and self._pdf.unread_pages:
            raise PageError(
                "too_large",
                f"the last {self._pdf.unread_pages} pages of the PDF were not read, and nothing "
                "was found before them",
            )
