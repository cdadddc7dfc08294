"""YAML as nodes with places: strict reading, with every problem noted and none raised."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import yaml

from stackwright_registry.problems import Place, Problems

# The C loader is twenty times as fast and reads the same language; the Python one stands in where libyaml is missing.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_DEPTH = 40


@dataclass(frozen=True)
class Source:
    """One YAML node: what stands at a place of a file."""

    node: yaml.Node
    path: str
    problems: Problems
    # Data that came without lines (entities of a request): a place is told by the names that lead to it.
    by_names: bool = False

    @property
    def place(self) -> Place:
        """Where it begins."""
        if self.by_names:
            return Place(self.path)
        mark = self.node.start_mark
        # The text of a folded or literal scalar begins in the line after its mark.
        block = isinstance(self.node, yaml.ScalarNode) and self.node.style in (">", "|")
        # A quoted text begins after its quote.
        quote = 1 if isinstance(self.node, yaml.ScalarNode) and self.node.style in ("'", '"') else 0
        return Place(self.path, mark.line + (2 if block else 1), mark.column + 1 + quote)

    def wrong(self, code: str, message: str) -> None:
        """Note a problem at this place."""
        self.problems.add(self.place, code, message)

    @property
    def is_mapping(self) -> bool:
        """Whether it is a mapping."""
        return isinstance(self.node, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_scalar(self) -> bool:
        """Whether it is a single value."""
        return isinstance(self.node, yaml.ScalarNode)

    def text(self, what: str = "a text") -> str:
        """Give the scalar as it is written; note a problem and give "" for anything else."""
        if isinstance(self.node, yaml.ScalarNode):
            return str(self.node.value)
        self.wrong("wrong_shape", f"Here {what} is expected, not a {self.shape}.")
        return ""

    def boolean(self) -> bool:
        """Give true or false."""
        text = self.text("true or false")
        if text not in ("true", "false"):
            self.wrong("wrong_shape", f"Here true or false is expected, not {text!r}.")
        return text == "true"

    def integer(self) -> int:
        """Give a whole number."""
        text = self.text("a whole number")
        try:
            return int(text)
        except ValueError:
            self.wrong("wrong_shape", f"Here a whole number is expected, not {text!r}.")
            return 0

    def value(self) -> object:
        """Give the plain Python value (literals, seeds, the free data of scenarios)."""
        if isinstance(self.node, yaml.ScalarNode):
            return _scalar(self.node)
        if self.is_list:
            return [item.value() for item in self.items()]
        return {key: item.value() for key, item in self.mapping().items()}

    @property
    def shape(self) -> str:
        """The name of its shape, for messages."""
        return "mapping" if self.is_mapping else "list" if self.is_list else "single value"

    def items(self) -> list[Source]:
        """Give the items of a list; note a problem and give none for anything else."""
        if isinstance(self.node, yaml.SequenceNode):
            return [self._below(item, str(number)) for number, item in enumerate(self.node.value)]
        self.wrong("wrong_shape", f"Here a list is expected, not a {self.shape}.")
        return []

    def one_or_more(self) -> list[Source]:
        """Give the items of a list, or the thing itself."""
        return self.items() if self.is_list else [self]

    def mapping(self) -> dict[str, Source]:
        """Give the members of a mapping in order; note keys that stand twice."""
        return {key.text(): value for key, value in self.pairs()}

    def pairs(self) -> Iterator[tuple[Source, Source]]:
        """Give keys with their values; note keys that stand twice."""
        if not isinstance(self.node, yaml.MappingNode):
            self.wrong("wrong_shape", f"Here a mapping is expected, not a {self.shape}.")
            return
        seen: set[str] = set()
        for key_node, value_node in self.node.value:
            text = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            key = self._below(key_node, text)
            text = key.text("a name")
            if text in seen:
                key.wrong("duplicate_key", f"`{text}` stands here a second time.")
                continue
            seen.add(text)
            yield key, self._below(value_node, text)

    def _below(self, node: yaml.Node, name: str) -> Source:
        path = f"{self.path}.{name}" if self.by_names else self.path
        return Source(node, path, self.problems, self.by_names)

    def keyed(self, what: str, allowed: frozenset[str]) -> dict[str, Source]:
        """Give the members of a mapping; a key that is not among `allowed` is a problem and left out."""
        members: dict[str, Source] = {}
        for key, value in self.pairs():
            text = key.text()
            if text in allowed:
                members[text] = value
            else:
                key.wrong("unknown_key", f"{what} has no key `{text}`{suggestion(text, allowed)}.")
        return members


def near(text: str, known: Iterable[str]) -> str | None:
    """Give the name that somebody may have meant, if one is like the text."""
    return next(iter(difflib.get_close_matches(text, list(known), n=1, cutoff=0.7)), None)


def suggestion(text: str, known: frozenset[str] | set[str] | list[str]) -> str:
    """Give `; did you mean …` for a near name, else the whole list when it is short."""
    meant = near(text, known)
    if meant is not None:
        return f"; did you mean `{meant}`"
    return f"; it may have {', '.join(sorted(known))}" if 0 < len(known) <= 12 else ""


def read_yaml(text: str, path: str, problems: Problems) -> Source | None:
    """Read one document safely; a text that is no YAML, or empty, is noted and gives None."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
        problems.add(place, "not_yaml", f"This is not YAML: {error.problem or error}.")
        return None
    except yaml.YAMLError as error:
        problems.add(Place(path), "not_yaml", f"This is not YAML: {error}.")
        return None
    if node is None:
        problems.add(Place(path, 1, 1), "empty", "The file is empty.")
        return None
    source = Source(node, path, problems)
    if _has_alias_or_depth(node):
        source.wrong("not_allowed", "Anchors, aliases, tags and nesting deeper than 40 are not part of the language.")
        return None
    return source


def read_value(value: object, path: str, problems: Problems) -> Source:
    """Read plain data, as JSON gives it, as if it were YAML; places are told by names: `domain.entities.Invoice`."""
    return Source(_node(value), path, problems, by_names=True)


def _node(value: object) -> yaml.Node:
    mark = yaml.Mark("", 0, 0, 0, None, 0)
    if isinstance(value, dict):
        pairs = [(_node(str(key)), _node(item)) for key, item in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, mark, mark)
    if isinstance(value, list):
        return yaml.SequenceNode("tag:yaml.org,2002:seq", [_node(item) for item in value], mark, mark)
    if isinstance(value, bool):
        return yaml.ScalarNode("tag:yaml.org,2002:bool", "true" if value else "false", mark, mark)
    if isinstance(value, int | float):
        whole = isinstance(value, int) or value.is_integer()
        tag = "tag:yaml.org,2002:int" if whole else "tag:yaml.org,2002:float"
        return yaml.ScalarNode(tag, str(int(value)) if whole else repr(value), mark, mark)
    if value is None:
        return yaml.ScalarNode("tag:yaml.org,2002:null", "null", mark, mark)
    return yaml.ScalarNode("tag:yaml.org,2002:str", str(value), mark, mark)


def _has_alias_or_depth(root: yaml.Node) -> bool:
    """Say whether a node is used twice (an alias), or lies too deep."""
    seen: set[int] = set()
    stack = [(root, 0)]
    while stack:
        node, depth = stack.pop()
        if id(node) in seen or depth > _MAX_DEPTH:
            return True
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            stack.extend((item, depth + 1) for item in node.value)
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                stack.extend(((key, depth + 1), (value, depth + 1)))
    return False


def _scalar(node: yaml.ScalarNode) -> object:
    """Give the value of a scalar; dates stay texts, because the language has its own types for them."""
    text = str(node.value)
    if node.style:  # quoted or block: the writer meant a text
        return text
    tag = node.tag.rsplit(":", 1)[-1]
    if tag == "bool":
        # YAML 1.1 reads yes, no, on and off as booleans; the language does not.
        return text == "true" if text in ("true", "false") else text
    if tag == "null":
        return None
    if tag == "int" and text.lstrip("-").isdigit():
        return int(text)
    if tag == "float":
        try:
            return float(text)
        except ValueError:
            return text
    return text
