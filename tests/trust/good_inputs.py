"""Good inputs to begin with, by parser: the worked examples of the manual, and our own kinds of files."""

import io
import json
import tarfile
import tomllib
from datetime import date
from hashlib import sha256
from pathlib import Path

from tests.trust.parsers import KEY, SECRET

TOP = Path(__file__).parents[2]
POPULATION = "area,under_18,base,source\nkent,350000,mid-2020,{}\n"


def good_inputs() -> dict[str, list[bytes]]:
    """By the name of its parser; the empty name is for what has none of its own."""
    from tests.check.exports.conftest import SPEC, _sample

    chats = [_sample(tomllib.loads(path.read_text("utf-8")))[0] for path in sorted(SPEC.glob("samples/*.toml"))]
    chats = [chat.replace(b"hi", SECRET.encode(), 1) for chat in chats]
    own = own_files()
    return {
        "chat export": chats,
        "pasted chat, checked": chats,
        **own,
        "": [one for all_ in own.values() for one in all_],
    }


def own_files() -> dict[str, list[bytes]]:
    from tests.desk.made_up import made_up
    from tests.warn.test_figures import GOOD

    from lightkeeper.report.kept import Kept, close
    from lightkeeper.report.receipt import Receipt
    from lightkeeper.report.seal import seal
    from lightkeeper.watch.ledger import Entry, Ledger, Release, write_ledger
    from lightkeeper.watch.period import Period
    from lightkeeper.watch.scope import Scope

    told = [f"@{SECRET}\n07700 900123\nhttps://example.com/{SECRET}\nGB29 NWBK 6016 1331 9268 19\n14".encode()]
    referral = {
        "reportId": 7,
        "incidentSummary": {"incidentDateTime": "2026-01-31T09:30:00Z"},
        "additionalInfo": SECRET,
    }
    month = Period(date(2026, 1, 1), date(2026, 1, 31))
    scope = Scope(SECRET, "date of report", "reports", month, "kent", (("age", "14"),))
    release = Release(date(2026, 2, 1), (Entry(scope, 3, 1, 4),), ((scope, (scope, scope)),))
    report = json.dumps({**made_up(1).as_json(), "narrative": SECRET}).encode()
    small = (TOP / "src/lightkeeper/watch/rules.toml").read_bytes()
    records = sorted((TOP / "src/lightkeeper/help/services").glob("c*.json"))
    return {
        "report": [report],
        "reports to link": [b"\n".join((report, json.dumps(made_up(2).as_json()).encode(), b""))],
        "referral": [json.dumps(referral).encode()],
        "partner's file": [report + b"\n" + report, json.dumps(referral).encode()],
        "batch of chats": [json.dumps({"id": "c", "messages": [{"sender": "Sam", "text": SECRET}]}).encode()],
        **dict.fromkeys(("forms", "field", "identifiers"), told),
        "receipt": [" ".join(Receipt(b"0123456789").words).encode()],
        "answers on their way": [close(Kept({"what": (SECRET,)}), b"k" * 32).encode()],
        "recipients": [b"age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p # offline\n"],
        "key file": [
            f"# {SECRET}\nAGE-SECRET-KEY-1QQQ # old\n".encode(),
            b"age-encryption.org/v1\n-> scrypt x 18\n",
        ],
        "population": [POPULATION.format(SECRET).encode()],
        "rules for small numbers": [small],
        "directory record": [path.read_bytes() for path in records[:4]],
        "backup": [packed({"secret": b"s" * 43, "spool/waiting": SECRET.encode()})],
        "decisions": [b'{"a": "R-1", "b": "R-2", "verdict": "confirmed"}\n'],
        "series": [
            b"series,week,count\n" + SECRET.encode() + b",2026-W01,3\n" + SECRET.encode() + b",2026-W02,4\n"
        ],
        "events": [
            b'[[event]]\nkind = "campaign"\nwords = "x"\nfrom = 2026-01-01\nto = 2026-01-02\n',
            b"event = 5",
        ],
        "ledger": ["".join(write_ledger(Ledger((release, release)))).encode()],
        "publications": [shelf()],
        "manifest": [b'{"made": "x", "version": "1", "files": {"a": {"bytes": 1, "sha256": "x"}}}'],
        "figures": [json.dumps(GOOD).encode()],
        "envelope": [seal(SECRET.encode(), [KEY.recipient])],
    }


def shelf() -> bytes:
    """A warning and a page of figures as the public site reads them."""
    words = json.loads(next((TOP / "docs/examples/warning").glob("*-warning.json")).read_bytes())
    words = {name: value for name, value in words.items() if name not in ("schema", "status", "school")}
    page = {"title": "t", "summary": [SECRET], "svg": "<svg/>", "columns": ["a"], "rows": [["1"]], "csv": "a"}
    warning = {"words": words, "cap": "<alert/>", "withdrawn": None}
    told = {"changed": "2026-01-31T09:30:00+00:00", "warnings": [warning], "figures": [{**page, "file_name": "f"}]}
    return json.dumps({"schema": "lightkeeper.publications/1", **told}).encode()


def packed(files: dict[str, bytes]) -> bytes:
    """A tar with a manifest, as a backup is inside."""
    told = {f"data/{name}": data for name, data in files.items()}
    told["manifest.json"] = json.dumps(manifest_of(files)).encode()
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in told.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def manifest_of(files: dict[str, bytes]) -> dict[str, object]:
    sums = {name: {"bytes": len(data), "sha256": sha256(data).hexdigest()} for name, data in files.items()}
    return {"made": "x", "version": "1", "files": sums}
