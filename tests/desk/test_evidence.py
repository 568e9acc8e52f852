"""The evidence bag, checked by tools that others wrote: bagit.py, sha256sum, openssl, case_validate, age, tar."""

import io
import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrage import decrypt, x25519
from tests.desk.made_up import NOW, OFFICER, REPLY_TO, open_case

from lightkeeper.core.errors import Held, NotAllowed, TimestampRefused, UnreadableInput
from lightkeeper.core.identifier import Identifier, IdentifierKind
from lightkeeper.desk.actions.export_evidence import export_evidence
from lightkeeper.desk.actions.take_news import take_news
from lightkeeper.desk.actions.write_item import write_note, write_reply
from lightkeeper.desk.evidence.bag import make_bag
from lightkeeper.desk.evidence.timestamp import stamp
from lightkeeper.desk.in_memory import InMemoryCasebook

KEY = x25519.Identity.generate()
RECIPIENT = str(KEY.to_public())
IDENTIFIERS = tuple(
    Identifier(kind, value)
    for kind, value in (
        (IdentifierKind.HANDLE, '=HYPERLINK("made.up")'),
        (IdentifierKind.PHONE, "07700 900123"),
        (IdentifierKind.EMAIL, "made.up@example.com"),
        (IdentifierKind.URL, "https://example.com/made.up"),
        (IdentifierKind.DISPLAY_NAME, "Mádé \u202eUp"),
        (IdentifierKind.PAYMENT, "sort 00-00-00"),
        (IdentifierKind.SCRIPT, 'first line\n"second" <line>'),
        (IdentifierKind.IMAGE_PDQ, "f" * 64),
    )
)


def export(ask: Callable[[bytes], bytes] | None = None, recipient: str = RECIPIENT) -> bytes:
    book = InMemoryCasebook()
    case = open_case(book, narrative="he asked for money <b>", suspect=IDENTIFIERS, reply_to=REPLY_TO)
    write_note(book, case, OFFICER, NOW, "a private thought")
    write_reply(book, case, OFFICER, NOW, "we have it")
    take_news(book, REPLY_TO.lookup, "thank you", NOW, NOW)
    return export_evidence(book, case, OFFICER, NOW, recipient, "for the court", ask)


def unpack(sealed: bytes, folder: Path) -> Path:
    with tarfile.open(fileobj=io.BytesIO(decrypt(sealed, [KEY]))) as tar:
        tar.extractall(folder, filter="data")
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpack(export(), tmp_path_factory.mktemp("bag"))


def run(*command: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)


def test_bagit_py_finds_it_valid(bag: Path) -> None:
    opened = bagit.Bag(str(bag))
    opened.validate()
    assert opened.version_info == (1, 0)
    assert set(opened.algorithms) == {"sha256", "sha512"}
    assert "not a forensic acquisition tool" in opened.info["External-Description"]


@pytest.mark.parametrize("algorithm", ["sha256", "sha512"])
@pytest.mark.parametrize("manifest", ["manifest", "tagmanifest"])
def test_sha_sums_agree(bag: Path, algorithm: str, manifest: str) -> None:
    done = run(f"{algorithm}sum", "--check", "--strict", f"{manifest}-{algorithm}.txt", cwd=bag)
    assert done.returncode == 0, done.stderr


def test_every_file_is_in_a_manifest(bag: Path) -> None:
    listed = {
        line.split("  ", 1)[1]
        for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt")
        for line in (bag / name).read_text().splitlines()
    }
    here = {str(path.relative_to(bag)) for path in bag.rglob("*") if path.is_file()}
    assert here - listed == {"tagmanifest-sha256.txt", "tagmanifest-sha512.txt"}


def test_any_changed_byte_is_found(bag: Path, tmp_path: Path) -> None:
    for number, path in enumerate(sorted(one for one in bag.rglob("*") if one.is_file())):
        copy = tmp_path / str(number)
        shutil.copytree(bag, copy)
        changed = copy / path.relative_to(bag)
        data = bytearray(changed.read_bytes())
        data[len(data) // 2] ^= 1
        changed.write_bytes(data)
        with pytest.raises(Exception, match=r"(?i)bag|manifest|invalid|codec|tag|line|version|malformed"):
            bagit.Bag(str(copy)).validate()


def test_case_validate_finds_the_ontology_valid(bag: Path) -> None:
    tool = Path(sys.executable).with_name("case_validate")
    done = run(str(tool), str(bag / "metadata" / "case.jsonld"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Conforms: True" in done.stdout


def test_what_is_in_it(bag: Path) -> None:
    data = bag / "data"
    assert json.loads((data / "report.json").read_text())["narrative"] == "he asked for money <b>"
    since = (data / "since.jsonl").read_text()
    assert "we have it" in since
    assert "thank you" in since
    everything = b"".join(path.read_bytes() for path in bag.rglob("*") if path.is_file())
    assert b"a private thought" not in everything
    assert "'=HYPERLINK" in (data / "identifiers.csv").read_text()
    assert "not a forensic acquisition tool" in (data / "README.txt").read_text()
    assert "<b>" not in (data / "continuity.html").read_text()
    last = json.loads((data / "log.jsonl").read_text().splitlines()[-1])
    assert (last["what"], last["why"]) == ("evidence.export", "for the court")
    assert (data / "continuity.pdf").read_bytes().startswith(b"%PDF-")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Callable[[bytes], bytes]]:
    """A timestamping authority of our own with openssl, offline."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "conf").write_text(
        "[req]\ndistinguished_name=dn\nprompt=no\nx509_extensions=ext\n[dn]\nCN=Made-up authority\n"
        "[ext]\nextendedKeyUsage=critical,timeStamping\nbasicConstraints=critical,CA:false\n"
        "[tsa]\ndefault_tsa=one\n[one]\nserial=serial\ndefault_policy=1.2.3.4.1\ndigests=sha256,sha512\n"
        "signer_digest=sha256\naccuracy=secs:1\nordering=no\ness_cert_id_alg=sha256\n"
    )
    (folder / "serial").write_text("01\n")
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-config", "conf"]
    done = run(*make, "-keyout", "key.pem", "-out", "cert.pem", cwd=folder)
    assert done.returncode == 0, done.stderr

    def ask(request: bytes) -> bytes:
        (folder / "ask.tsq").write_bytes(request)
        reply = ["openssl", "ts", "-reply", "-config", "conf", "-section", "one", "-queryfile", "ask.tsq"]
        done = run(*reply, "-signer", "cert.pem", "-inkey", "key.pem", "-out", "answer.tsr", cwd=folder)
        assert done.returncode == 0, done.stderr
        return (folder / "answer.tsr").read_bytes()

    return folder, ask


def test_openssl_verifies_the_timestamp(authority: tuple[Path, Callable[[bytes], bytes]], tmp_path: Path) -> None:
    folder, ask = authority
    bag = unpack(export(ask), tmp_path)
    verify = ["openssl", "ts", "-verify", "-in", "timestamp.tsr", "-CAfile", str(folder / "cert.pem"), "-data"]
    assert run(*verify, "tagmanifest-sha256.txt", cwd=bag).returncode == 0
    assert run(*verify, "manifest-sha256.txt", cwd=bag).returncode != 0
    bagit.Bag(str(bag)).validate()


def test_a_timestamp_for_something_else_is_refused(authority: tuple[Path, Callable[[bytes], bytes]]) -> None:
    _, ask = authority
    answer = []
    stamp(b"one", lambda request: answer.append(ask(request)) or answer[0])
    for wrong in (lambda _: answer[0], lambda _: b"no timestamp"):
        with pytest.raises(TimestampRefused):
            stamp(b"two", wrong)


def test_only_the_named_person_opens_it() -> None:
    sealed = export()
    assert b"made.up" not in sealed
    with pytest.raises(Exception, match=r"(?i)no matching|decrypt"):
        decrypt(sealed, [x25519.Identity.generate()])
    with pytest.raises(UnreadableInput):
        export(recipient="age1nonsense")


@pytest.mark.age
def test_the_plain_age_tool_opens_it(tmp_path: Path) -> None:
    if shutil.which("age") is None:
        pytest.skip("no age on this machine")
    (tmp_path / "key").write_text(str(KEY))
    (tmp_path / "bag.age").write_bytes(export())
    assert run("age", "-d", "-i", "key", "-o", "bag.tar", "bag.age", cwd=tmp_path).returncode == 0
    assert run("tar", "-tf", "bag.tar", cwd=tmp_path).returncode == 0


def test_a_held_case_gives_no_bag_and_a_reason_is_needed() -> None:
    book = InMemoryCasebook()
    case = open_case(book)
    with pytest.raises(NotAllowed, match="say why"):
        export_evidence(book, case, OFFICER, NOW, RECIPIENT, " ")
    held = open_case(book, 2, hold=True)
    with pytest.raises(Held):
        export_evidence(book, held, OFFICER, NOW, RECIPIENT, "why")
    assert "evidence.export" not in {entry.what for entry in book.entries()}


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(st.from_regex(r"[a-zäœ]{1,8}(\.txt)?", fullmatch=True), st.binary(max_size=200), min_size=1)
)
def test_any_payload_makes_a_valid_bag(payload: dict[str, bytes]) -> None:
    import tempfile

    files = make_bag(payload, {}, {"Contact-Name": "x\nEvil: y"})
    with tempfile.TemporaryDirectory() as folder:
        for path, data in files.items():
            target = Path(folder) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        opened = bagit.Bag(folder)
        opened.validate()
        assert "Evil" not in opened.info


def test_what_would_break_a_manifest_line_is_escaped() -> None:
    """RFC 8493, 2.1.3. The library leaves per cent as it is, so it cannot be asked here."""
    lines = make_bag({"a%b\nc": b""}, {}, {})["manifest-sha256.txt"].decode().splitlines()
    assert [line.split("  ", 1)[1] for line in lines] == ["data/a%25b%0Ac"]


def test_a_path_never_leaves_the_bag() -> None:
    for path in ("../x", "/x", "a/../../x", ""):
        with pytest.raises(ValueError, match="stays inside"):
            make_bag({path: b""}, {}, {})
