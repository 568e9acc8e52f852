"""The parts of the trust bench: each breaks something for long and gives rows: what, how much, what came of it."""

from attacking import attacks
from breaking import cuts, faults
from feeding import guided, images, throw_at_parsers
from ground import Part
from serving import load, restore, theft

PARTS: dict[str, Part] = {
    "faults": faults,
    "cuts": cuts,
    "theft": theft,
    "load": load,
    "fuzz": throw_at_parsers,
    "guided": guided,
    "images": images,
    "restore": restore,
    "attacks": attacks,
}
