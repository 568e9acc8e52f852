"""Every help page: whole in both languages, readable at its age, without a word that blames or a loose end."""

import re

import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.help.directory import find_service
from lightkeeper.help.pages import (
    HIGHEST_GRADE,
    Page,
    find_page,
    links_of,
    pages_for,
    plain_text,
    read_aloud,
    read_page,
    read_pages,
    unreviewed_pages,
)
from lightkeeper.help.records import shipped_services
from lightkeeper.help.service import Audience
from lightkeeper.help.steps import find_steps
from lightkeeper.help.wording import LANGUAGES, content_folder, read_table, unreviewed_tables
from lightkeeper.warn.grade import reading_grade, worst_sentences
from lightkeeper.warn.language import find_loaded_words

HARDEST_SENTENCE = 5  # grades above the page's own limit
SHORT_NAMES = {"page:takedown", "page:platforms", "page:services", "page:report", "page:check"}
SITUATIONS = {
    *("child/start", "child/threat", "child/fake", "child/paid", "child/sent-more", "child/someone-i-know"),
    *("child/hurting-myself", "child/shared", "child/trouble"),
    *("parent/start", "parent/what-to-say", "parent/paid", "parent/shared", "parent/talk-and-settings"),
    *("school/start", "school/school-blackmailed", "school/letter", "school/never-look"),
    *("friend/start", "adult/start", "professional/start"),
}
EVERY_PAGE = [page for language in LANGUAGES for page in read_pages(language).values()]
every_page = pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: f"{page.language}/{page.address}")


def everything_on(page: Page) -> str:
    steps = find_steps(page.now, page.audience, page.language)
    return "\n".join([page.title, page.short, page.hope, *(f"{one.do}\n{one.why}" for one in steps), page.body])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_path_of_the_brief_is_there_in_every_language(language):
    assert read_pages(language).keys() >= SITUATIONS
    assert read_pages(language).keys() == read_pages("en").keys()


@every_page
def test_reads_at_its_age(page):
    text, highest = read_aloud(page), HIGHEST_GRADE[page.audience]
    hard = worst_sentences(text, language=page.language)
    assert reading_grade(text, page.language) <= highest, [one.sentence for one in hard]
    assert reading_grade(f"{page.title}. {page.hope}", page.language) <= highest + 1
    assert hard[0].grade <= highest + HARDEST_SENTENCE or page.language != "en", hard[0].sentence


@every_page
def test_no_word_blames_or_takes_hope_away(page):
    # What a service is called is its own affair; the words around it are ours.
    text = re.sub(r"\[[^\]]*\]\(service:[^)]*\)", "", everything_on(page))
    found = [one for one in find_loaded_words(plain_text(text), page.language) if not one.quoted]
    assert [(one.term, one.instead) for one in found] == []


@every_page
def test_no_number_is_written_into_a_text_but_999_and_childline(page):
    text = plain_text(everything_on(page)).replace("0800 1111", "").replace("999", "")
    assert not re.search(r"\d{3}", text), re.search(r".{20}\d{3}.{20}", text)


@every_page
def test_every_link_leads_somewhere(page):
    known_pages = {f"page:{address}" for address in read_pages(page.language)} | SHORT_NAMES
    for target in links_of(everything_on(page)):
        if target.startswith("service:"):
            assert find_service(shipped_services(), target.removeprefix("service:")), target
        else:
            assert target in known_pages, target
    assert {f"page:{address}" for address in page.next} <= known_pages
    assert page.address not in page.next


@every_page
def test_every_service_of_a_page_is_meant_for_its_reader(page):
    for service_id in page.services:
        service = find_service(shipped_services(), service_id)
        assert service is not None, service_id
        assert page.audience in service.audience, service_id


@every_page
def test_a_page_names_its_facts_and_admits_who_has_not_read_it(page):
    assert page.sources
    assert all(re.fullmatch(r"[A-F]\d{1,2}", fact) for fact in page.sources)
    assert page.reviewed is None or page.reviewed_by
    if page.language != "en":
        assert page.translation == "machine, unreviewed"


@every_page
def test_a_translation_keeps_the_steps_the_links_and_the_services(page):
    original = read_pages("en")[page.address]
    assert page.now == original.now
    assert page.services == original.services
    assert page.next == original.next
    assert links_of(page.body) == links_of(original.body)
    assert page.body.count("\n## ") == original.body.count("\n## ")


@every_page
def test_a_child_is_never_told_to_look_or_to_send(page):
    text = plain_text(everything_on(page)).lower()
    assert "send us the picture" not in text
    assert "upload" not in text


def test_the_grades_are_those_that_were_asked_for():
    assert HIGHEST_GRADE[Audience.CHILD] == HIGHEST_GRADE[Audience.FRIEND] == 4
    assert HIGHEST_GRADE[Audience.PARENT] == 6
    assert HIGHEST_GRADE[Audience.SCHOOL] == 7


def test_every_word_of_the_frame_is_in_every_language():
    def keys(table):
        return {
            (part, key) for part, words in table.items() if isinstance(words, dict) for key in words
        }  # fmt: skip

    for name in ("words.toml", "takedown.toml", "steps.toml"):
        assert keys(read_table("cy", name)) == keys(read_table("en", name)), name


def test_the_words_of_the_frame_read_at_a_childs_age():
    for name in ("words.toml", "takedown.toml"):
        table = read_table("en", name)
        texts = [text for words in table.values() if isinstance(words, dict) for text in flat(words.values())]
        assert reading_grade("\n\n".join(texts)) <= 4
        assert not find_loaded_words("\n\n".join(texts))


def flat(values):
    return [text for value in values for text in (value if isinstance(value, list) else [value])]


def test_what_a_child_is_told_of_a_service_reads_at_a_childs_age():
    told = [one for one in shipped_services() if Audience.CHILD in one.audience]
    assert reading_grade("\n\n".join(one.described("en") for one in told)) <= 4


def test_the_start_comes_first_and_the_rest_in_its_order():
    addresses = [page.address for page in pages_for("en", Audience.CHILD)]
    assert addresses[:3] == ["child/start", "child/threat", "child/fake"]


def test_what_nobody_has_reviewed_is_listed():
    listed = {(page.language, page.address) for page in unreviewed_pages()}
    assert listed == {
        (page.language, page.address) for page in EVERY_PAGE if page.reviewed is None or page.translation
    }
    assert "cy/steps.toml" in unreviewed_tables()


def test_a_page_is_found_by_its_address_or_not_at_all():
    assert find_page("cy", "child", "paid").language == "cy"
    assert find_page("en", "child", "nothing") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no front matter", "front matter"),
        ("+++\naudience = 3\n+++\nbody", "missing|not a valid"),
        ("+++\nnot toml\n+++\nbody", "bad.md"),
    ],
)
def test_a_page_that_cannot_be_read_is_named(tmp_path, text, said):
    path = tmp_path / "bad.md"
    path.write_text(text, "utf-8")
    with pytest.raises(UnreadableInput, match=said):
        read_page(path, "en")


def test_a_page_in_the_wrong_folder_is_refused(tmp_path):
    path = tmp_path / "wrong.md"
    path.write_text((content_folder("en") / "child" / "paid.md").read_text("utf-8"), "utf-8")
    with pytest.raises(UnreadableInput, match="file's name"):
        read_page(path, "en")


def test_a_language_without_pages_is_refused():
    with pytest.raises(UnreadableInput):
        content_folder("xx")


def test_markdown_as_it_is_read_aloud():
    assert plain_text("Tell [the police](service:uk-101), *now*.") == "Tell the police, now."
