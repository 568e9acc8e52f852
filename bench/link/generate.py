"""Makes reports of made-up offenders with a known answer, for measuring links. Nothing here describes a person.

    python bench/link/generate.py REPORTS SEED FOLDER [--world usual|careless|careful|crowded|sparse]

Writes `reports.jsonl` and `truth.csv` (report_id,offender). The worlds differ in what the engine must not rely on:
how often a spelling changes, how many accounts an offender has, how many values belong to several offenders
(hubs, popular handles, shared accounts for payments, stolen pictures, templates of scripts) and how much is told.
"""

import argparse
import csv
import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

Identifiers = list[dict[str, Any]]
PLATFORMS = ("instagram", "snapchat", "telegram", "whatsapp", "discord", "tiktok", "wizz", "yubo")
HUBS = ("community.desk", "official_channel", "help.centre.one", "mod_team", "wallet.service")
LEET = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7"}
START = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class World:
    """Rates between 0 and 1, and how many."""

    respelled: float = 0.30  # a handle is written otherwise than the offender does
    handles: float = 1.0  # further handles grow with the root of an offender's reports, times this
    public: float = 0.06  # a handle, an account for payments or a picture belongs to many offenders
    template: float = 0.6  # a script is one of fifty that everybody sends
    hub: float = 0.015  # a report names a platform's own account as well
    told: float = 1.0  # how much of what the offender has is told in a report
    flips: int = 12  # bits at most in which a copy of a picture differs


WORLDS = {
    "usual": World(),
    "careless": World(respelled=0.1, handles=0.4, public=0.02, template=0.4),
    "careful": World(respelled=0.45, handles=1.6, public=0.08, flips=20),
    "crowded": World(public=0.15, template=0.85, hub=0.06),
    "sparse": World(told=0.55),
}


class Maker:
    """Words, names and values, all made of syllables."""

    def __init__(self, dice: random.Random, world: World) -> None:
        self.dice, self.world = dice, world
        self.words = sorted({self._syllables(2) for _ in range(5000)})
        self.first = [self._syllables(2) for _ in range(500)]
        self.last = [self._syllables(3) for _ in range(2000)]
        self.popular = [self.skewed(self.first) + dice.choice(["", "_x", "19", ".real"]) for _ in range(2000)]
        self.mules = [self.account() for _ in range(1500)]
        self.stolen = [dice.getrandbits(256) for _ in range(400)]
        self.templates = [self.text() for _ in range(50)]

    def _syllables(self, count: int) -> str:
        return "".join(self.dice.choice("bcdfghklmnprstvz") + self.dice.choice("aeiou") for _ in range(count))

    def skewed(self, values: list[Any]) -> Any:
        """One of the list, the first ones far more often."""
        return values[int(len(values) * self.dice.random() ** 2.5)]

    def handle(self) -> str:
        left = self.skewed(self.first) if self.dice.random() < 0.6 else self.dice.choice(self.words)
        right = self.skewed(self.last) if self.dice.random() < 0.3 else self.dice.choice(self.words)
        digits = str(self.dice.randint(1, 2010)) if self.dice.random() < 0.6 else ""
        return left + self.dice.choice(["", "_", "."]) + right + digits

    def account(self) -> dict[str, str]:
        if self.dice.random() < 0.6:
            return {"scheme": self.dice.choice(["paypal", "cashtag"]), "value": self.handle()}
        return {"scheme": "iban", "value": "DE" + "".join(self.dice.choices("0123456789", k=20))}

    def phone(self) -> str:
        return self.dice.choice(["+63", "+234", "+44", "+1"]) + "".join(self.dice.choices("23456789", k=9))

    def text(self) -> list[str]:
        return [self.skewed(self.words) for _ in range(self.dice.randint(30, 60))]

    def respell(self, handle: str) -> str:
        if self.dice.random() >= self.world.respelled:
            return handle
        way = self.dice.random()
        if way < 0.3:
            return handle.capitalize()
        if way < 0.55:
            return handle.replace("_", ".") if "_" in handle else handle.replace(".", "")
        if way < 0.8:
            return handle.rstrip("0123456789") + str(self.dice.randint(0, 99))
        place = self.dice.randrange(len(handle))
        if way < 0.9:
            return handle[:place] + LEET.get(handle[place], handle[place]) + handle[place + 1 :]
        return handle[:place] + handle[place + 1 :]

    def copy(self, picture: int) -> str:
        for bit in self.dice.sample(range(256), self.dice.randint(0, self.world.flips)):
            picture ^= 1 << bit
        return f"{picture:064x}"

    def say(self, script: list[str]) -> str:
        change = 0.16 * self.dice.random()
        said = (self.skewed(self.words) if self.dice.random() < change else word for word in script)
        return " ".join(word for word in said if self.dice.random() > 0.03)


class Offender:
    """What one offender uses, for some number of reports."""

    def __init__(self, maker: Maker, reports: int) -> None:
        self.maker, dice, world = maker, maker.dice, maker.world
        public = lambda: dice.random() < world.public  # noqa: E731
        grown = int(reports**0.5 * world.handles * dice.random() * 1.5)
        self.handles = [maker.handle() for _ in range(1 + grown)]
        if public():
            self.handles[0] = maker.skewed(maker.popular)
        self.names = [f"{maker.skewed(maker.first)} {maker.skewed(maker.last)}" for _ in range(1 + grown // 2)]
        self.phones = [maker.phone() for _ in range(dice.randint(0, 1 + grown // 3))]
        self.mails = (
            [f"{dice.choice(self.handles)}{dice.randint(1, 99)}@example.com"] if dice.random() < 0.4 else []
        )
        self.accounts = [maker.skewed(maker.mules) if public() else maker.account() for _ in range(1 + grown // 4)]
        self.pictures = [
            maker.skewed(maker.stolen) if public() else dice.getrandbits(256) for _ in range(1 + grown // 3)
        ]
        own = [maker.text() if dice.random() > world.template else maker.skewed(maker.templates) for _ in range(2)]
        self.scripts = own[: 1 + (dice.random() < 0.3)]

    def seen(self) -> Identifiers:
        """What one report tells of it."""
        maker, dice, told = self.maker, self.maker.dice, self.maker.world.told
        handles = [maker.skewed(self.handles) for _ in range(1 + (dice.random() < 0.25))]
        found: Identifiers = [
            {"kind": "handle", "platform": dice.choice(PLATFORMS), "value": maker.respell(one)} for one in handles
        ]
        if dice.random() < maker.world.hub:
            found.append({"kind": "handle", "platform": dice.choice(PLATFORMS), "value": maker.skewed(list(HUBS))})
        if dice.random() < 0.8 * told:
            found.append({"kind": "display_name", "value": dice.choice(self.names)})
        if self.phones and dice.random() < 0.35 * told:
            found.append({"kind": "phone", "value": dice.choice(self.phones)})
        if self.mails and dice.random() < 0.35 * told:
            found.append({"kind": "email", "value": dice.choice(self.mails)})
        if dice.random() < 0.3 * told:
            found.append({"kind": "payment", **dice.choice(self.accounts)})
        if dice.random() < 0.4 * told:
            found.append({"kind": "image_pdq", "value": maker.copy(dice.choice(self.pictures))})
        if dice.random() < 0.5 * told:
            found.append({"kind": "script", "value": maker.say(dice.choice(self.scripts))})
        return found


def make(reports: int, seed: int, folder: Path, world: str = "usual") -> None:
    """Write the reports and the answer. Two thirds of the offenders have one report, a few have hundreds."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(seed)
    maker = Maker(dice, WORLDS[world])
    sizes, total = [], 0
    while total < reports:
        sizes.append(min(reports - total, 1500, int(dice.paretovariate(1.2))))
        total += sizes[-1]
    owners = [offender for offender, size in enumerate(sizes) for _ in range(size)]
    names = dice.sample(range(reports), reports)
    with (folder / "reports.jsonl").open("w") as lines, (folder / "truth.csv").open("w", newline="") as answers:
        truth = csv.writer(answers, lineterminator="\n")
        truth.writerow(("report_id", "offender"))
        offender, of = None, -1
        for name, owner in zip(names, owners, strict=True):
            if owner != of:
                offender, of = Offender(maker, sizes[owner]), owner
            assert offender
            when = (START + timedelta(days=dice.randint(0, 364))).strftime("%Y-%m-%dT12:00:00Z")
            report = {"id": f"R{name:08}", "received": when, "reporter": "platform", "harms": ["sextortion"]}
            lines.write(json.dumps({**report, "suspect": offender.seen()}, separators=(",", ":")) + "\n")
            truth.writerow((report["id"], owner))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--world", choices=WORLDS, default="usual")
    options = parser.parse_args()
    make(options.reports, options.seed, options.folder, options.world)
