"""The browser's modules that need no page, run by an embedded V8: a test calls their functions with plain data."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from py_mini_racer import MiniRacer

IMPORT = re.compile(r"^import \{([^}]*)\} from \"\./([\w.-]+)\";\n", re.MULTILINE)
EXPORTED = re.compile(r"^export (?:async )?(?:const|let|function\*?|class) (\w+)|^export \{([^}]*)\};", re.MULTILINE)


class Modules:
    """A module of overrides/assets/js and all that it imports, loaded once."""

    def __init__(self, path: Path) -> None:
        """Load the module at `path`; raises what V8 raises for a mistake in one of them."""
        self._engine = MiniRacer()
        self._engine.eval("const modules = {};")
        self._loaded: set[str] = set()
        self._load(path)
        self._name = path.name

    def _load(self, path: Path) -> None:
        if path.name in self._loaded:
            return
        self._loaded.add(path.name)
        source = path.read_text(encoding="utf-8")
        for _, wanted in IMPORT.findall(source):
            self._load(path.parent / wanted)
        given = [name for found in EXPORTED.findall(source) for name in ([found[0]] if found[0] else found[1].replace(" ", "").split(","))]
        body = IMPORT.sub(lambda found: f'const {{{found[1]}}} = modules["{found[2]}"];\n', source)
        body = re.sub(r"^export \{[^}]*\};\n|^export ", "", body, flags=re.MULTILINE)
        self._engine.eval(f'modules["{path.name}"] = (() => {{\n{body}\nreturn {{ {", ".join(given)} }};\n}})(); 0')

    def close(self) -> None:
        """Let the engine go; without this its thread keeps Python from ending."""
        self._engine.close()

    def call(self, function: str, *arguments: Any) -> Any:
        """What a function of the module returns for these arguments, as plain data."""
        said = self._engine.eval(f'JSON.stringify(modules["{self._name}"].{function}(...{json.dumps(arguments)}))')
        return json.loads(said)
