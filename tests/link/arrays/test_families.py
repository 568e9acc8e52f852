"""Near-equal pictures and scripts among many are those that comparing each with each finds."""

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link.arrays.families import EACH_WITH_EACH, degenerate, image_groups, script_groups, sketch_each
from lightkeeper.link.arrays.words import word_hashes
from lightkeeper.link.family import script_families
from lightkeeper.link.forms.image import is_degenerate
from lightkeeper.link.forms.script import script_words


def families_of(scripts: list[str]) -> NDArray[np.int32]:
    words, start = word_hashes(scripts)
    return script_groups(words, start, sketch_each(words, start))


def test_copies_of_many_pictures_are_found_in_buckets() -> None:
    dice = np.random.default_rng(3)
    originals = dice.integers(0, 2**64, (1500, 4), dtype=np.uint64)
    copies = np.repeat(originals, 4, axis=0)
    for copy in copies[1::4], copies[2::4], copies[3::4]:
        for hashed in copy:
            for bit in dice.choice(256, dice.integers(0, 15), replace=False):
                hashed[bit >> 6] ^= np.uint64(1) << np.uint64(bit & 63)
    assert len(copies) > EACH_WITH_EACH
    groups = image_groups(copies)
    assert len(set(groups.tolist())) >= 1500  # strangers never join
    assert (groups == np.repeat(np.arange(1500) * 4, 4)).mean() > 0.99


def test_paraphrases_of_many_scripts_are_found_in_buckets() -> None:
    dice = np.random.default_rng(4)
    words = np.array([f"w{number}" for number in range(4000)])
    scripts = []
    for _ in range(1200):
        original = dice.choice(words, 45)
        scripts += [
            " ".join(np.where(dice.random(45) < 0.16 * dice.random(), "other", original)) for _ in range(3)
        ]
    assert len(scripts) > EACH_WITH_EACH
    groups = families_of(scripts)
    assert (groups == np.repeat(np.arange(1200) * 3, 3)).mean() > 0.98


def test_the_cut_words_are_those_of_the_plain_form() -> None:
    texts = [
        "Please, DON'T tell — anyone else; keep it our little secret OK?",
        "por favor no dígas nada a nadie más hoy, señor, mañana tampoco",
        "пожалуйста никому не говори об этом сегодня и завтра тоже хорошо",
        "too short",
    ]
    _, start = word_hashes(texts)
    assert np.diff(start).tolist() == [len(script_words(text)) for text in texts]


def test_few_scripts_are_compared_like_the_judge_does() -> None:
    base = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    texts = [" ".join(base), " ".join([*base[:9], "red", "blue", "green"]), " ".join(word[::-1] for word in base)]
    plain = script_families(" ".join(sorted(script_words(text))) for text in texts)
    groups = families_of(texts)
    assert len(set(plain.values())) == len(set(groups.tolist())) == 2


def test_the_compiled_twin_knows_plain_pictures() -> None:
    dice = np.random.default_rng(5)
    hashes = dice.integers(0, 2**64, (200, 4), dtype=np.uint64)
    hashes[:50] &= dice.integers(0, 2**64, (50, 4), dtype=np.uint64)
    hashes[50:100] = np.uint64(0xA5A5A5A5A5A5A5A5)
    numbers = [int.from_bytes(one.astype(">u8").tobytes(), "big") for one in hashes]
    assert degenerate(hashes).tolist() == [is_degenerate(number) for number in numbers]
