"""Evidence: how surprising an agreement would be if two reports were two offenders.

Everything is in nats (natural logarithms). Plain functions on numbers, so that each engine can use them as they
are: the in-memory judge calls them, the array engine compiles them, the index asks them for one report.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from statistics import median

from lightkeeper.link.keys import KeyKind

KINDS = tuple(KeyKind)
HANDLE, STEM, NAME, PHONE, EMAIL, PAYMENT, URL, IMAGE, SCRIPT = range(len(KINDS))

PAIR_BAR = 0.03  # a pair of keys joins when so few reports, or fewer, would share it by chance
CHAINED = 3  # reports; two groups of so many are not chained by one that hangs in its group by chance
RISK_BAR = 0.5  # that risk times the smaller group's size
PAIR_SEEN = 3.0  # and is looked at further below this many
PAIR_MORE = 5.0  # or when so many times more reports have it than would by chance
BAR = 0.7  # nats of belief above which two groups are joined: twice as likely as not
SHOWN = -1.0  # nats above which an officer is shown a link that joins nothing
ESTABLISHED = 3  # reports; a group of so many has a profile that can contradict
CROWD = 8  # groups; of a key that more groups have, each is compared with the largest alone
CROWDED = 3_000  # groups; a key that more groups have says nothing about two of them
ROUNDS = 4
MOST_SHOWN = 3  # possible links shown for one group; an officer reads the best
CONFIRMED = 30.0  # nats of an officer's word
JOINING = (HANDLE, STEM, PHONE, EMAIL, PAYMENT, URL, IMAGE)  # kinds of which one shared key can join
CROWDING = (HANDLE, PHONE, EMAIL, IMAGE)  # kinds of which many strangers rarely have the same
# Reports to add before a value's share is taken: names and scripts are common by nature, the rest is rare.
RARE = (1e4, 1e4, 0.0, 1e4, 1e4, 1e4, 1e3, 1e4, 0.0)
FIRST_BELIEF = 20  # candidates' worth of trust in the starting table, before the data speaks
TYPICAL = 1_000  # groups added to every count of groups, so that little data claims no great rarity
COMPANY = 0.3  # by chance: a pair of keys rarer than this is company worth counting
HUB_SIZE, HUB_LOYALTY = 50, 0.25  # a key of 50 reports of which under a quarter keep common company is a hub
MOST_SHARE = 0.5  # of groups that have a value, however many worlds there are
COMMON, MET = (
    1_000,
    0.3,
)  # reports with a key, and by chance with both: then a pair tells how many worlds there are
MOST_WORLDS = 1_000.0
FEWEST_MEETINGS = 500  # such pairs; fewer tell nothing
CLASSES = len(KINDS) * 4 * 5 * 2 + 4
PAIR_CLASS = CLASSES - 4


@dataclass(frozen=True, slots=True)
class Class:
    """One row of the table of weights: a kind of agreement, and how much it is believed."""

    key: str  # "handle", "pair"
    groups: str  # how many groups have the key
    kin: str  # handles: how many more groups have the same stem with other digits
    public: bool  # two established groups or more have it
    candidates: int  # how many agreements of this class the data held
    belief: float  # how often such an agreement is one offender, 0 to 1
    weight: float  # the same as nats: ln(belief / (1 - belief))

    def as_json(self) -> dict[str, object]:
        return asdict(self) | {"belief": round(self.belief, 4), "weight": round(self.weight, 3)}


def shared_by_chance(
    kind_a: int, reports_a: int, kind_b: int, reports_b: int, reports: int, worlds: float = 1.0
) -> float:
    """How many reports would hold both keys if they had nothing to do with each other but their world."""
    rarity_a = reports_a / (reports + RARE[kind_a])
    rarity_b = reports_b / (reports + RARE[kind_b])
    return rarity_a * rarity_b * reports * worlds


def count_worlds(meetings: Sequence[tuple[int, float]]) -> float:
    """How many worlds the reports come from, by how much more often common keys meet than their shares say.

    Names, words and templates go by language and country. Where all reports are of one world, two common keys
    meet as often as chance has it; of thirty worlds of a size, two of the same one meet thirty times as often,
    and others never. `meetings` are reports with both and reports expected, for names with scripts: both are
    common by nature, so that no offender's own show in the median.
    """
    if len(meetings) < FEWEST_MEETINGS:
        return 1.0
    low, high = 1.0, MOST_WORLDS
    while high - low > 0.01:
        middle = (low + high) / 2
        fits = median(met / _met_at_least_once(chance * middle) for met, chance in meetings)
        low, high = (middle, high) if fits > 1.0 else (low, middle)
    return low if low > 1.0 else 1.0


def _met_at_least_once(by_chance: float) -> float:
    """How many reports to expect with both keys where there is one at least: others are never seen."""
    return by_chance / -math.expm1(-by_chance)


def tells_worlds(kind_a: int, reports_a: int, kind_b: int, reports_b: int, by_chance: float) -> bool:
    """Whether two keys are so common that how often they meet tells how many worlds there are."""
    common = by_chance >= MET and min(reports_a, reports_b) >= COMMON
    return common and min(kind_a, kind_b) == NAME and max(kind_a, kind_b) == SCRIPT


def is_company(together: int, reports_a: int, reports_b: int, reports: int, worlds: float = 1.0) -> bool:
    """Whether two keys would hardly stand together by chance, or do so far more often than by chance."""
    by_chance = reports_a * reports_b * worlds / reports
    return by_chance < COMPANY or together > PAIR_MORE * by_chance


def is_hub(kind: int, reports: int, company: int, loyal: int) -> bool:
    """Whether an identifier of many reports keeps no common company.

    `company` counts the other keys beside it that chance does not explain, `loyal` those of them that come
    back. An offender's account comes with the same names and accounts again and again.
    """
    return kind < IMAGE and kind != NAME and reports >= HUB_SIZE and loyal < HUB_LOYALTY * company


def may_join(by_chance: float, smaller: int, risk: float) -> bool:
    """Whether a pair of keys may join two groups: the larger the smaller one is, the more chances there were.

    `risk` is that one of the two reports hangs in its group by chance: then it would chain two strangers.
    """
    return by_chance * smaller < PAIR_BAR and (smaller < CHAINED or risk * smaller < RISK_BAR)


def risk_of(score: float) -> float:
    """The chance that evidence of so many nats is no offender's but chance's."""
    return min(1.0, math.exp(-score))


def turn(reports: Sequence[int]) -> int:
    """In which order pairs of keys that are equally rare are taken: by who has them, the same in every engine."""
    mixed = 0
    for report in reports:
        mixed = (mixed * 31 + report) & 0xFFFFFFFF
    return (reports[0] << 32) | mixed


def key_class(kind: int, groups: int, public: bool, kin: int) -> int:
    """The row of the table for one key that `groups` groups have; `kin` counts further groups of its stem."""
    crowd = 0 if groups <= 2 else 1 if groups == 3 else 2 if groups <= 5 else 3
    family = 0
    if kind == HANDLE:
        family = 0 if kin < 1 else 1 if kin < 2 else 2 if kin < 4 else 3 if kin < 10 else 4
    return ((kind * 4 + crowd) * 5 + family) * 2 + (1 if public else 0)


def most_groups(kind: int) -> int:
    """How many groups may have a key before it says nothing: more for what belongs to one person by nature."""
    return CROWDED if kind in CROWDING else CROWD


def pair_class(by_chance: float) -> int:
    """The row of the table for a pair of keys that so many reports would share by chance."""
    step = 0 if by_chance < 0.1 else 1 if by_chance < 0.316 else 2 if by_chance < 1.0 else 3
    return PAIR_CLASS + step


def unseen(seen: int, once: int) -> float:
    """How likely the next value of a group is a new one, by Good and Turing: values seen once among all seen."""
    return (once + 0.5) / (seen + 1.0)


def share_of_groups(groups: int, showing: int, worlds: float) -> float:
    """The part of the groups of one world that have a value, of those that show its kind at all."""
    return min(MOST_SHARE, (groups + 1) / (showing + TYPICAL) * worlds)


def agreement(count: int, seen: int, once: int, share: float) -> float:
    """Evidence of a value that the group has shown `count` times and a share of all groups has. Never negative."""
    return max(0.0, math.log((1.0 - (once + 0.5) / (seen + 1.0)) * count / seen / share))


def disagreement(seen: int, once: int) -> float:
    """Evidence of a value that the group has never shown: the better it is known, the more it speaks against."""
    return math.log((once + 0.5) / (seen + 1.0))


def standing(established: int) -> float:
    """What two groups' own size adds: a pair of strangers is easier to find where nothing is established."""
    return -0.7 if established == 0 else 0.0 if established == 1 else -1.4


def bar(smaller: int) -> float:
    """The evidence that joining asks for; it rises with the size of the smaller group once that is established."""
    return BAR + (math.log(smaller) if smaller >= ESTABLISHED else 0.0)


def first_beliefs() -> list[float]:
    """The starting table, from `beliefs.json`: what is true of such identifiers in general."""
    table = json.loads(files(__package__).joinpath("beliefs.json").read_text("utf-8"))
    rows = [table[kind] * (0.9 if odd % 10 >= 2 else 1.0) for kind in KINDS for odd in range(40)]
    return rows + [table["pair"]] * 4


def logit(belief: float) -> float:
    return math.log(belief / (1.0 - belief))


def describe(beliefs: Sequence[float], candidates: Sequence[int]) -> tuple[Class, ...]:
    """The learned table as rows that can be read, those without any data left out."""
    crowds, kins = ("2", "3", "4 to 5", "6 to 8"), ("0", "1", "2 to 3", "4 to 9", "10 or more")
    rows = []
    for row, (belief, count) in enumerate(zip(beliefs, candidates, strict=True)):
        if count and row < PAIR_CLASS:
            kind, crowd, kin, public = KINDS[row // 40], crowds[row // 10 % 4], kins[row // 2 % 5], bool(row % 2)
            shown = kin if kind == KeyKind.HANDLE else ""
            rows.append(Class(kind, crowd, shown, public, int(count), float(belief), logit(belief)))
        elif count:
            chance = ("0.03 to 0.1", "0.1 to 0.32", "0.32 to 1", "1 to 3")[row - PAIR_CLASS]
            rows.append(Class("pair", f"{chance} by chance", "", False, int(count), float(belief), logit(belief)))
    return tuple(rows)
