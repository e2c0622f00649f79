"""What another version of an export, or of a site's structured data, may look like: parts gone,
in another order, in another envelope. Values are never changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

_JSON_LD: Final = re.compile(r"(<script[^>]*ld\+json[^>]*>)(.*?)(</script>)", re.S | re.I)


@dataclass(frozen=True)
class DataMutant:
    """One changed file. `kind` is the mutation, `what` says where it struck; `drops_row` is True
    where one of several like parts is gone, after which the file truly says less."""

    kind: str
    what: str
    body: bytes
    drops_row: bool = False


def mutants_of_xml(body: bytes) -> Iterator[DataMutant]:
    """Each element gone once, the parts of each element the other way round."""
    count = len(list(etree.fromstring(body).iter("*")))
    for index in range(1, count):
        tree = etree.fromstring(body)
        node = list(tree.iter("*"))[index]
        parent = node.getparent()
        assert parent is not None
        what = f"<{etree.QName(node).localname}> no. {index}"
        is_row = sum(sibling.tag == node.tag for sibling in parent) > 1
        parent.remove(node)
        yield DataMutant("dropped", what, etree.tostring(tree, encoding="utf-8"), is_row)
    for index in range(count):
        tree = etree.fromstring(body)
        node = list(tree.iter("*"))[index]
        if len(node) > 1:
            node[:] = list(reversed(node))
            yield DataMutant("turned", f"<{node.tag}>", etree.tostring(tree, encoding="utf-8"))


def mutants_of_json_ld(html: str) -> Iterator[DataMutant]:
    """Each key gone once, each object in a list, the keys of each object the other way round."""
    for script, match in enumerate(_JSON_LD.finditer(html)):
        try:
            data = json.loads(match[2])
        except ValueError:
            continue
        for path in list(_paths(data)):
            for kind in ("dropped", "wrapped", "turned"):
                changed = _changed(data, path, kind)
                if changed is None:
                    continue
                value, is_row = changed
                text = json.dumps(value, ensure_ascii=False)
                new = html[: match.start(2)] + text + html[match.end(2) :]
                what = f"script {script}: {'.'.join(map(str, path))}"
                yield DataMutant(kind, what, new.encode(), is_row)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _paths(part, (*path, key))


def _changed(data: Any, path: tuple[Any, ...], kind: str) -> tuple[Any, bool] | None:
    data = deepcopy(data)
    parent = data
    for key in path[:-1]:
        parent = parent[key]
    value = parent[path[-1]]
    if kind == "dropped":
        del parent[path[-1]]
        return data, isinstance(parent, list)
    if not isinstance(value, dict) or (kind == "wrapped" and isinstance(parent, list)):
        return None
    parent[path[-1]] = [value] if kind == "wrapped" else dict(reversed(value.items()))
    return data, False
