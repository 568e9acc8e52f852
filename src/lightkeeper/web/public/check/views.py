"""The check page. The chat is read in the browser; this view never sees it.

After the page has loaded, its content policy allows no connection at all. The one thing that can leave it is
the form to the report, with the names and words that the person ticked, when the person presses its button.
"""

from pathlib import Path

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language

from lightkeeper.web.public.check.questions import QUESTIONS, advise

LEVELS = ("danger", "caution", "none")
NOT_MODULES = {"page.js", "able.js"}
MODULES = Path(__file__).parents[1] / "static" / "check"
FILE_READERS = {f"exports/{name}.js" for name in ("readers", "accounts", "dates", "shapes", "tables", "whatsapp")}


@csp_replace({"connect-src": [NONE]})
def check(request: HttpRequest) -> HttpResponse:
    """The page: a field to paste into, a file to pick, and the answer, all on the device."""
    shown = {"modules": list_modules(get_language() or "en"), "questions": QUESTIONS, "levels": LEVELS}
    return render(request, "public/check/check.html", shown)


def questions(request: HttpRequest) -> HttpResponse:
    """A few questions with yes or no, and the same advice. Nothing of the answers is kept."""
    if request.method != "POST":
        return render(request, "public/check/questions.html", {"questions": QUESTIONS})
    said = {question.name for question in QUESTIONS if request.POST.get(question.name) == "yes"}
    shown = {"questions": QUESTIONS, "said": said, "advice": advise(said)}
    return render(request, "public/check/questions.html", shown)


def list_modules(language: str) -> list[str]:
    """The addresses of the page's scripts, so that a browser fetches them side by side and not in turn.

    First the largest that a message in English or in the page's language needs: while they come, the many small
    ones are asked for beside them. Then the rules of the other languages, and last what only a file needs.
    """
    names = [path.relative_to(MODULES).as_posix() for path in sorted(MODULES.rglob("*.js"))]
    names = [name for name in names if name not in NOT_MODULES]
    first = {f"rules/{name}.js" for name in ("base", "en", language)}
    names.sort(key=lambda name: (name not in first, name in FILE_READERS, name.startswith("rules/")))
    # Modules name one another by their plain names: only the page's own script is asked for by its hashed one.
    folder = static("check/page.js").rpartition("/")[0] + "/"
    return [folder + name for name in names]
