"""Checking speed beside other checkers of English: `make bench-peers` prints the README's table.

Every tool gets the same file of messages (all English ones of the handbook, and each with forbidden words added) and works through it as
a whole process, in turn, three rounds; the median counts. What a tool would send to a browser is bundled and packed.
"""

from __future__ import annotations

import gzip
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.common import ROOT, packed
from benchmarks.outside import npm, pip
from macros.assets import prepared
from macros.catalog import Catalog
from macros.check import examples, renderings

ROUNDS = 3
NPM = {"write-good": "1.0.8", "alex": "11.0.1", "harper.js": "2.10.0", "esbuild": "0.28.2"}
PROSELINT = "0.16.0"
SPOILT = "Unfortunately this is clearly not our fault!! Call +49 30 1234567 or write to a@b.de."
READ = "import { readFileSync } from 'node:fs'; const texts = JSON.parse(readFileSync(process.argv[2], 'utf8')); let found = 0;\n"
TELL = "\nconsole.log(found);"
# Each counts what it finds and prints the sum, so that no tool gets away without working.
SCRIPTS = {
    "this handbook, Node": """import { check, prepare } from './tone.js';
const rules = prepare(JSON.parse(readFileSync('./rules.json', 'utf8')));
for (const text of texts) found += check(text, rules, { lang: 'en', choices: ['fbm'] }).length;""",
    "write-good": "import writeGood from 'write-good'; for (const text of texts) found += writeGood(text).length;",
    "alex": "import { text as alex } from 'alex'; for (const text of texts) found += alex(text).messages.length;",
    "harper.js": """import { LocalLinter } from 'harper.js'; import { slimBinary } from 'harper.js/slimBinary';
const linter = new LocalLinter({ binary: slimBinary }); await linter.setup();
for (const text of texts) found += (await linter.lint(text)).length;""",
}
BUNDLED = {
    "write-good": "export { default } from 'write-good';",
    "alex": "export { text } from 'alex';",
    "harper.js": "export { LocalLinter } from 'harper.js'; export { slimBinary } from 'harper.js/slimBinary';",
}
PROSELINT_SCRIPT = """import json, sys
from proselint.checks import __register__
from proselint.registry import CheckRegistry
from proselint.tools import LintFile
from proselint.config import DEFAULT
from pathlib import Path
CheckRegistry().register_many(__register__)
print(sum(len(LintFile(content=text, source=Path("text")).lint(DEFAULT)) for text in json.load(open(sys.argv[1], encoding="utf-8"))))
"""
OURS_SCRIPT = """import json, sys
from pathlib import Path
from macros import tone
from macros.catalog import load
rules, context = load(Path.cwd()).ruleset("en"), tone.Context("en", frozenset({"fbm"}))
print(sum(len(tone.check(text, rules, context)) for text in json.load(open(sys.argv[1], encoding="utf-8"))))
"""


def texts(catalog: Catalog) -> list[str]:
    """The English messages of the handbook, and each of them spoilt."""
    values = examples(catalog, "en")
    scenarios = (catalog.scenarios[name] for name, lang in catalog.messages if lang == "en")
    good = list(dict.fromkeys(one.assembled.text for scenario in scenarios for one in renderings(catalog, scenario, "en", values)))
    return [*good, *(text.replace("\n\n", f"\n\n{SPOILT} ", 1) for text in good)]


def prepare(catalog: Catalog, folder: Path) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The command of each tool that could be installed, and why the others could not."""
    commands, absent = {}, {}
    (folder / "texts.json").write_text(json.dumps(texts(catalog)), encoding="utf-8")
    (folder / "tone.js").write_bytes((ROOT / "overrides/assets/js/tone.js").read_bytes())
    (folder / "rules.json").write_bytes((ROOT / "overrides/assets/data/tone.en.en.json").read_bytes())
    commands["this handbook, Python"] = [sys.executable, "-c", OURS_SCRIPT, str(folder / "texts.json")]
    for name, script in SCRIPTS.items():
        wrong = npm(folder, f"{name}@{NPM[name]}") if name in NPM else None
        (folder / f"{name.split()[0]}.mjs").write_text(READ + script + TELL, encoding="utf-8")
        if wrong:
            absent[name] = wrong
        else:
            commands[name] = ["node", str(folder / f"{name.split()[0]}.mjs"), str(folder / "texts.json")]
    (folder / "proselint.py.txt").write_text(PROSELINT_SCRIPT, encoding="utf-8")
    if wrong := pip(folder / "proselint", f"proselint=={PROSELINT}"):
        absent["proselint"] = wrong
    else:
        commands["proselint"] = [str(folder / "proselint/bin/python"), str(folder / "proselint.py.txt"), str(folder / "texts.json")]
    return commands, absent


def run(command: list[str], folder: Path) -> tuple[float, str]:
    """Seconds of a whole process, and what it found; raises CalledProcessError where it fails."""
    begun = time.perf_counter()
    inside = ROOT if command[0] == sys.executable else folder
    done = subprocess.run(command, cwd=inside, capture_output=True, text=True, check=True, timeout=300)
    return time.perf_counter() - begun, done.stdout.strip().splitlines()[-1]


def weigh(name: str, folder: Path) -> str:
    """What a tool sends to a browser, minified and packed."""
    if name == "this handbook, Node":
        return f"{packed(folder / 'tone.js', folder / 'rules.json') / 1000:.1f}"
    if name not in BUNDLED:
        return "runs in no browser"
    (folder / "entry.mjs").write_text(BUNDLED[name], encoding="utf-8")
    options = ("--bundle", "--minify", "--format=esm", "--platform=browser", "--external:fs", f"--outfile={folder / 'out.js'}", "--log-level=error")
    done = subprocess.run(
        [str(folder / "node_modules/.bin/esbuild"), str(folder / "entry.mjs"), *options], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return "could not be bundled"
    size = packed(folder / "out.js")
    size += sum(len(gzip.compress(file.read_bytes(), 9)) for file in folder.glob(f"node_modules/{name}/dist/*_slim_bg.wasm"))
    return f"{size / 1000:,.1f}"


def main() -> None:
    """Print the table."""
    catalog = prepared(ROOT)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commands, absent = prepare(catalog, folder)
        if wrong := npm(folder, f"esbuild@{NPM['esbuild']}"):
            print(f"esbuild could not be installed, so nothing is bundled: {wrong}")
        count = len(json.loads((folder / "texts.json").read_text(encoding="utf-8")))
        spent: dict[str, list[float]] = {tool: [] for tool in commands}
        found = {}
        for _ in range(ROUNDS):
            for tool, command in list(commands.items()):
                try:
                    seconds, found[tool] = run(command, folder)
                    spent[tool].append(seconds)
                except (subprocess.SubprocessError, OSError) as wrong:
                    said = (getattr(wrong, "stderr", "") or str(wrong)).strip().splitlines()
                    absent[tool] = said[-1] if said else "it failed"
                    del commands[tool]
        print(f"{count} English messages, half of them spoilt; whole processes, median of {ROUNDS} rounds in turn.\n")
        print("| checker | messages a second | findings | kB sent to a browser, gzip |\n|---|---|---|---|")
        for tool in sorted(commands, key=lambda one: statistics.median(spent[one])):
            version = NPM.get(tool) or (PROSELINT if tool == "proselint" else "")
            print(f"| {f'{tool} {version}'.strip()} | {count / statistics.median(spent[tool]):,.0f} | {found[tool]} | {weigh(tool, folder)} |")
        for tool, why in absent.items():
            print(f"| {tool} | could not be measured here: {why[:120]} | | |")


if __name__ == "__main__":
    main()
