"""Every reader attacked by atheris for a time, one on each processor: what nobody would write.

    python -m tests.benchmarks.fuzz --seconds 300
    python -m tests.benchmarks.fuzz --seconds 60 --reader letter_docx --keep found

Needs `pip install -e '.[fuzz]'` (Linux). Begins with whole inputs (`tests.hard.readers`) and what
`tests/hard/corpus` keeps. A reader fails if anything but an InputError comes out of it, an input
takes longer than 20 seconds by the clock, or its process holds more than 500 MB; the input is then
in the folder `--keep`. With `--corpus` the shortest input for each thing that a reader said is
written there. The exit code is 1 if a reader failed.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "tests" / "hard" / "corpus"
LIMITS = ["-timeout=20", "-rss_limit_mb=500", "-max_len=40000", "-print_final_stats=1"]


def child(reader: str, arguments: list[str]) -> None:
    """Attack one reader in this process, which libFuzzer ends."""
    import atheris

    with atheris.instrument_imports(include=["advisor", "yaml"]):
        from tests.hard import readers

        readers.book()
    folder = TemporaryDirectory()
    seen = 0

    def attempt(raw: bytes) -> None:
        nonlocal seen
        seen += 1
        readers.attempt(reader, raw, Path(folder.name))
        if seen % 20 == 0:
            gc.collect()  # a Word file once read is a cycle; no command reads more than one

    words = Path(folder.name) / "words.dict"
    words.write_text("".join(_entry(word.encode("utf-8", "replace")) for word in readers.WORDS))
    atheris.Setup([sys.argv[0], f"-dict={words}", *arguments], attempt)
    atheris.Fuzz()


def _entry(word: bytes) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n' if word else ""


def attack(reader: str, seconds: int, keep: Path, corpus: Path | None) -> tuple[str, bool]:
    """Attack a reader in a process of its own; what was seen, and whether it failed."""
    from tests.hard import readers

    with TemporaryDirectory() as folder:
        begin, new = Path(folder) / "begin", Path(folder) / "new"
        begin.mkdir()
        new.mkdir()
        for number, whole in enumerate(readers.seeds(reader)):
            (begin / f"whole-{number}").write_bytes(whole)
        kept = [str(KEPT / reader)] if (KEPT / reader).is_dir() else []
        run = [f"-max_total_time={seconds}", f"-artifact_prefix={keep}/{reader}-"]
        done = _child(reader, folder, [*LIMITS, *run, str(new), str(begin), *kept])
        if corpus:
            (corpus / reader).mkdir(parents=True, exist_ok=True)
            for number, raw in enumerate(_telling(reader, new)):
                (corpus / reader / f"{number:02}").write_bytes(raw)
    stats = dict(re.findall(r"^stat::(\w+): +(\d+)", done.stderr, re.MULTILINE))
    shown = (
        f"{reader:12} {stats.get('number_of_executed_units', '?'):>8} inputs, "
        f"slowest {stats.get('slowest_unit_time_sec', '?')} s, {stats.get('peak_rss_mb', '?')} MB"
    )
    if done.returncode:
        told = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        wrong = [line for line in told if "Error" in line or line.startswith("==")]
        shown += "".join(f"\n  {line[:200]}" for line in (wrong or told)[:6])
    return shown, bool(done.returncode)


def _telling(reader: str, found: Path) -> list[bytes]:
    """The shortest input for each thing that the reader said of one, names and numbers apart."""
    from advisor import InputError
    from tests.hard import readers

    told: dict[str, bytes] = {}
    for raw in sorted((path.read_bytes() for path in found.iterdir()), key=len):
        said = "read"
        with TemporaryDirectory() as folder:
            try:
                readers.READERS[reader](raw, Path(folder))
            except InputError as error:
                said = re.sub(r"'[^']*'|\d+", "", error.problems[0].text)
            except Exception:  # what the child has reported
                continue
        told.setdefault(said, raw)
    return [raw for raw in told.values() if len(raw) <= 1_000][:20]


def _child(reader: str, folder: str, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """The attack, in a process that libFuzzer ends at once: its files are in `folder`."""
    command = [sys.executable, "-m", "tests.benchmarks.fuzz", "--child", reader, *arguments]
    environment = {**os.environ, "TMPDIR": folder}
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, errors="replace", env=environment
    )


def main() -> int:
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3:])
    from tests.hard import readers

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=int, default=300, help="For each reader.")
    parser.add_argument("--reader", choices=list(readers.READERS), action="append")
    parser.add_argument("--keep", type=Path, default=ROOT / "build" / "fuzz")
    parser.add_argument("--corpus", type=Path)
    asked = parser.parse_args()
    asked.keep.mkdir(parents=True, exist_ok=True)
    names = asked.reader or list(readers.READERS)
    failed = False
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [
            pool.submit(attack, one, asked.seconds, asked.keep.resolve(), asked.corpus)
            for one in names
        ]
        for job in jobs:
            shown, wrong = job.result()
            print(shown, flush=True)
            failed |= wrong
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
