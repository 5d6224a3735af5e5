"""The page `/can-cu/`: nothing is said of the law without a source, or without saying so."""

from __future__ import annotations

from urllib.parse import urlsplit

from congkhai.pages.legal_basis import CERTAINTY, DONE, read_legal_texts


def test_what_a_text_asks_has_a_source():
    texts = read_legal_texts()
    assert len(texts) >= 7 and len({text.title for text in texts}) == len(texts)
    for text in texts:
        assert text.sources or not text.duties, text.title
        assert text.sources or "chưa có địa chỉ nguồn" in text.note, text.title
        for source in text.sources:
            assert source.title
            assert not source.url or urlsplit(source.url).scheme == "https"
        for duty in text.duties:
            assert duty.certainty in CERTAINTY and duty.done in DONE
            assert bool(duty.where) == (duty.done != "no"), "what is done is done somewhere"
            if duty.certainty == "single":
                assert "Chỉ một nơi nói" in text.note, "said beside the law, too"


def test_words_in_quotes_are_said_to_have_been_read():
    for text in read_legal_texts():
        for duty in text.duties:
            assert "“" not in duty.asks or duty.certainty == "read", duty.asks
