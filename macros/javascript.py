"""The browser's modules that need no page, run by an embedded V8: what they find here and in the browser is found by the same code."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Self

from py_mini_racer import MiniRacer

_FROM = r'\{([^}]*)\} from "(\.[^"]+)";'
_IMPORTED = re.compile(rf"^import {_FROM}", re.MULTILINE)
_PASSED_ON = re.compile(rf"^export {_FROM}", re.MULTILINE)
_OWN = re.compile(r"^export (?:async )?(?:const|let|function\*?|class) (\w+)|^export \{([^}]*)\};", re.MULTILINE)


def modules(path: Path) -> list[Path]:
    """A module and those it imports, each once, those first that others need."""
    found: dict[Path, None] = {}

    def follow(file: Path) -> None:
        code = file.read_text(encoding="utf-8")
        for _, name in (*_IMPORTED.findall(code), *_PASSED_ON.findall(code)):
            follow((file.parent / name).resolve())
        found.setdefault(file)

    follow(path.resolve())
    return list(found)


class Module:
    """A module with all it imports, loaded once: `with Module(path) as module: module.call("function", ...)`.

    It must be closed: an engine left to the end of the process can keep Python from ending.
    """

    def __init__(self, path: Path) -> None:
        """Load the module at `path`; raises what V8 raises for a mistake in one of them. Names of files must differ: the engine has no folders."""
        self._engine = MiniRacer()
        self._name = path.name
        self._engine.eval("const modules = {}; ")
        for file in modules(path):
            self._engine.eval(_enclosed(file) + "; 0")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the engine go."""
        self._engine.close()

    def call(self, function: str, *arguments: Any) -> Any:
        """What a function of the module returns for these arguments, as plain data."""
        return self.ask(f"modules[{json.dumps(self._name)}].{function}(...given)", *arguments)

    def ask(self, code: str, *arguments: Any) -> Any:
        """What an expression comes to, as plain data; the module's exports are in `own`, the arguments in `given`."""
        script = (
            f"(() => {{ const own = modules[{json.dumps(self._name)}]; const given = {json.dumps(arguments)}; return JSON.stringify({code}); }})()"
        )
        return json.loads(self._engine.eval(script))


def _enclosed(file: Path) -> str:
    """A module's code as a function of its own, its exports in `modules[file name]`."""
    code = file.read_text(encoding="utf-8")
    own = ", ".join(alone or several for alone, several in _OWN.findall(code))
    spread = "".join(f"...(({{{names}}}) => ({{{names}}}))({_module(source)}), " for names, source in _PASSED_ON.findall(code))
    body = _IMPORTED.sub(lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = {_module(found[2])};", _PASSED_ON.sub("", code))
    body = re.sub(r"^export \{[^}]*\};\n|^export ", "", body, flags=re.MULTILINE)
    return f"{_module(file.name)} = (() => {{\n{body}\nreturn {{ {spread}{own} }};\n}})()"


def _module(name: str) -> str:
    return f"modules[{json.dumps(Path(name).name)}]"
