"""The page, the letter, the box: the same words in HTML, plain text, PDF and Word, and nothing from outside."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from docx import Document
from pypdf import PdfReader

from lightkeeper.warn.formats.box import outline_box
from lightkeeper.warn.formats.bulletin import outline_bulletin
from lightkeeper.warn.formats.html import write_html
from lightkeeper.warn.formats.letter import outline_letter
from lightkeeper.warn.formats.outline import APPROVED, DRAFT, Standing
from lightkeeper.warn.formats.pdf import write_pdf, write_poster_pdf
from lightkeeper.warn.formats.poster import make_poster, write_card
from lightkeeper.warn.formats.text import write_text
from lightkeeper.warn.formats.word import write_word
from lightkeeper.warn.warning import PublicWarning, texts


class Reader(HTMLParser):
    """Collects what a browser would fetch, the headings, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.headings: list[int] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.fetched += [given[name] or "" for name in ("src", "srcset", "data", "poster") if name in given]
        if tag in ("script", "link", "iframe", "img", "form"):
            self.fetched.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "a":
            self.links.append(given["href"] or "")

    def handle_data(self, data: str) -> None:
        self.words += data


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_page_fetches_nothing_and_carries_no_script(good: PublicWarning) -> None:
    page = write_html(outline_bulletin(good, APPROVED))
    assert Reader(page).fetched == []
    assert "url(" not in page
    assert "@import" not in page


def test_every_sentence_stands_in_every_form(good: PublicWarning, letter: PublicWarning) -> None:
    for warning, outline in ((good, outline_bulletin(good, APPROVED)), (letter, outline_letter(letter, APPROVED))):
        pdf = PdfReader(io.BytesIO(write_pdf(outline)))
        document = Document(io.BytesIO(write_word(outline)))
        forms = {
            "html": flat(Reader(write_html(outline)).words),
            "text": flat(write_text(outline)),
            "pdf": flat("\n".join(page.extract_text() for page in pdf.pages)),
            "word": flat("\n".join(paragraph.text for paragraph in document.paragraphs)),
        }
        for field, sentence in texts(warning):
            if field.startswith(("child_steps", "parent_steps", "tonight", "summary", "pattern", "contacts")):
                for name, text in forms.items():
                    assert flat(sentence) in text, (name, field)


def test_headings_leave_no_step_out(good: PublicWarning) -> None:
    headings = Reader(write_html(outline_bulletin(good, APPROVED))).headings
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert set(headings) == {1, 2}


def test_the_language_is_said_to_the_screen_reader(good: PublicWarning) -> None:
    welsh = replace(good, language="cy")
    assert '<html lang="cy">' in write_html(outline_bulletin(welsh, APPROVED))
    assert PdfReader(io.BytesIO(write_pdf(outline_bulletin(welsh, APPROVED)))).trailer["/Root"]["/Lang"] == "cy-GB"


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "#panic()", '"]} #eval("1+1")', "*_`$ & < > \\ ]"]
)
def test_what_an_author_types_is_never_a_command(hostile: str, good: PublicWarning) -> None:
    warning = replace(good, summary=hostile)
    outline = outline_bulletin(warning, APPROVED)
    page = Reader(write_html(outline))
    assert hostile in page.words
    assert page.fetched == []
    pages = PdfReader(io.BytesIO(write_pdf(outline))).pages
    assert flat(hostile) in flat("\n".join(one.extract_text() for one in pages))


def test_the_pdf_is_tagged_for_screen_readers(letter: PublicWarning) -> None:
    content = write_pdf(outline_letter(letter, APPROVED))
    root = PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    metadata = root["/Metadata"].get_data().decode()
    assert "pdfuaid:part>1<" in metadata
    assert letter.headline in metadata
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_same_letter_gives_the_same_bytes(letter: PublicWarning) -> None:
    outline = outline_letter(letter, APPROVED)
    assert write_pdf(outline) == write_pdf(outline)
    assert write_word(outline)[:2] == b"PK"


def test_telephone_numbers_can_be_touched(good: PublicWarning) -> None:
    links = Reader(write_html(outline_bulletin(good, APPROVED))).links
    assert {"tel:999", "tel:08001111", "tel:101"} <= set(links)


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (DRAFT, "Draft. Not approved"),
        (Standing(withdrawn=datetime(2026, 3, 9, tzinfo=UTC)), "Withdrawn on 9 March 2026"),
        (Standing(approved=True, expired=True), "ran out on"),
    ],
)
def test_a_page_says_first_that_it_is_not_to_be_used(standing: Standing, said: str, good: PublicWarning) -> None:
    for text in (
        Reader(write_html(outline_bulletin(good, standing))).words,
        write_text(outline_bulletin(good, standing)),
    ):
        assert -1 < text.find(said) < text.find("Someone is using")


def test_an_approved_page_says_nothing_of_that_kind(good: PublicWarning) -> None:
    assert 'class="notice"' not in write_html(outline_bulletin(good, APPROVED))


def test_what_a_child_needs_comes_first_and_whom_to_call_is_always_there(good: PublicWarning) -> None:
    text = write_text(outline_bulletin(good, APPROVED))
    assert text.find("You are not in trouble") < text.find("What happens")
    for form in (text, write_text(outline_box(good, APPROVED)), write_text(outline_letter(good, APPROVED))):
        assert "999" in form
        assert "0800 1111" in form


def test_the_letter_names_those_who_listen_and_says_that_it_is_abuse(letter: PublicWarning) -> None:
    text = flat(write_text(outline_letter(letter, APPROVED)))
    for part in (
        "Dear parents and carers,",
        "talk to Ms Lantern and Mr Keel",
        "This is sexual abuse",
        "www.example.org",
    ):
        assert part in text
    assert "900" not in text  # how many pupils there are is for the gate alone


def test_plain_text_fits_a_narrow_screen(letter: PublicWarning) -> None:
    assert max(map(len, write_text(outline_letter(letter, APPROVED)).splitlines())) <= 72


def test_the_word_file_has_real_headings_and_links(letter: PublicWarning) -> None:
    document = Document(io.BytesIO(write_word(outline_letter(letter, APPROVED))))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") > 3
    targets = {relation.target_ref for relation in document.part.rels.values() if relation.is_external}
    assert "https://www.ceop.police.uk/Safety-Centre/" in targets
    assert document.core_properties.title == letter.headline


def test_the_poster_is_one_accessible_page(good: PublicWarning) -> None:
    reader = PdfReader(io.BytesIO(write_poster_pdf(make_poster(good))))
    assert len(reader.pages) == 1
    text = flat(reader.pages[0].extract_text())
    for part in ("You are not in trouble", "0800 1111", "999", "childline.org.uk/remove"):
        assert part in text


def test_poster_and_card_hold_no_number_of_the_figures(good: PublicWarning) -> None:
    card = write_card(make_poster(good))
    assert "85" not in re.sub(r'="[^"]*"', "", card)
    assert "<image" not in card
    assert "href" not in card
