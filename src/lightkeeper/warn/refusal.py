"""Why a warning may not go out yet: what is wrong, where it stands, and what must change."""

from dataclasses import dataclass

from lightkeeper.warn.warning import PublicWarning, text_at


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason. It points at the place; the words themselves stay in the warning."""

    check: str  # the check that refused: "hold", "small_number", ...
    field: str  # where, as `warning.texts` names it: "child_steps[2]"
    why: str
    mend: str  # what must change, so that an author can do it
    span: tuple[int, int] | None = None  # in characters of the field

    def __str__(self) -> str:
        return f"{self.check}, {self.field}: {self.why} {self.mend}"


def excerpt(warning: PublicWarning, refusal: Refusal, around: int = 25) -> str:
    """The words a refusal is about with a little of what stands around them, for the author alone."""
    text = text_at(warning, refusal.field)
    if not text or refusal.span is None:
        return text[: 2 * around] + ("…" if len(text) > 2 * around else "")
    begin, end = refusal.span
    before = f"{'…' if begin > around else ''}{text[max(0, begin - around) : begin]}"
    after = f"{text[end : end + around]}{'…' if end + around < len(text) else ''}"
    return f"{before}[{text[begin:end]}]{after}"
