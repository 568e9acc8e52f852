from pathlib import Path

from lightkeeper.help.pages import read_pages
from lightkeeper.help.records import shipped_services
from lightkeeper.help.reference import write_reference
from lightkeeper.help.wording import LANGUAGES

PAGE = Path(__file__).parents[2] / "docs/reference/directory.md"


def test_the_reference_is_current():
    pages = [page for language in LANGUAGES for page in read_pages(language).values()]
    now = write_reference(shipped_services(), pages)
    assert PAGE.read_text("utf-8") == now, "lightkeeper directory reference > docs/reference/directory.md"


def test_a_bar_in_a_cell_does_not_break_the_table(make_service):
    text = write_reference((make_service(name="A|B"),), ())
    assert "| A/B |" in text
