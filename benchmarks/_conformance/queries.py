"""Queries: the tree, the canonical form, and whether they can be answered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks._conformance import Case, Json, listed, same

from vaultraider.search.canonical import canonical, quoted
from vaultraider.search.query import parse
from vaultraider.search.ranges import range_of
from vaultraider.search.reading import read
from vaultraider.search.tree import And, Leaf, Node, Not, Nothing, Or
from vaultraider.search.vocabulary import vocabulary


def trees(content: Json) -> Iterator[Case]:
    for case in listed(content, "cases"):
        if "query" in case and "ast" in case:
            yield Case(f"tree of {case['query']!r}", partial(_tree, case))
            if not _failed(case["ast"]):
                yield Case(f"canonical form of {case['query']!r}", partial(_canonical, case))
    for case in listed(content, "canonicalize"):
        yield Case(f"canonical form of {case['query']!r}", partial(_canonical, case))
    for case in listed(content, "equivalent"):
        yield Case(f"{case['a']!r} means {case['b']!r}", partial(_equivalent, case))
    for case in listed(content, "quoting"):
        yield Case(f"{case['raw']!r} in quotes", partial(_quoting, case))


def judgements(content: Json) -> Iterator[Case]:
    for case in listed(content, "validity"):
        if "query" in case and "valid" in case:
            yield Case(f"{case['query']!r} valid", partial(_validity, case))
    for case in listed(content, "ranges"):
        if "range" in case and "match" in case:
            yield Case(f"{case['value']} in {case['range']!r}", partial(_range, case))
    for case in listed(content, "oracleExtra"):
        yield Case(f"{case['query']!r} judged", partial(_judged, case))


def _tree(case: Json) -> str:
    query = parse(case["query"])
    if _failed(case["ast"]):
        # How malformed input fails is ours to choose, and some of it is understood.
        return "" if query.problem or not case.get("lexError") else "read without a problem"
    if query.problem is not None:
        return query.problem.sentence
    return same(_told(query.tree), _recorded(case["ast"])) or _spans(query.tree, case["ast"])


def _failed(node: Json) -> bool:
    below = [*node.get("operands", ()), *([node["operand"]] if "operand" in node else ())]
    return "error" in node or any(map(_failed, below))


def _told(node: Node) -> tuple[object, ...]:
    if isinstance(node, Leaf):
        return "filter", node.name, node.value, node.start, node.length, node.comment
    if isinstance(node, Not):
        return "not", node.start, node.comment, _told(node.operand)
    if isinstance(node, And | Or):
        return "and" if isinstance(node, And) else "or", node.start, node.comment, [_told(each) for each in node.operands]
    return ("noop",)


def _recorded(node: Json) -> tuple[object, ...]:
    start, comment = node["startIndex"], node.get("comment", "")
    if node["op"] == "filter":
        return "filter", node["type"], node["args"], start, node["length"], comment
    if node["op"] == "not":
        return "not", start, comment, _recorded(node["operand"])
    if node["op"] in ("and", "or"):
        return node["op"], start, comment, [_recorded(each) for each in node["operands"]]
    return ("noop",)


def _spans(ours: Node, theirs: Json) -> str:
    """Theirs adds up its parts, and forgets the words between more than two, and comments. Ours goes to where the last ends."""
    if isinstance(ours, Nothing | Leaf):
        return ""
    pairs = (
        [(ours.operand, theirs["operand"])]
        if isinstance(ours, Not)
        else list(zip(ours.operands, theirs["operands"], strict=True))
    )
    exact = isinstance(ours, And | Or) and len(ours.operands) == 2 and all(isinstance(each, Leaf) for each in ours.operands)
    commented = isinstance(ours, And | Or) and any(each.comment for each in ours.operands)
    wrong = ours.length != theirs["length"] if exact and not commented else ours.length < theirs["length"]
    if wrong:
        return f"{theirs['op']} at {ours.start} is {ours.length} long instead of {theirs['length']}"
    return next((difference for one, other in pairs if (difference := _spans(one, other))), "")


def _canonical(case: Json) -> str:
    ours = canonical(parse(case["query"]))
    return same(ours, case["canonical"]) or same(canonical(parse(ours)), ours)


def _equivalent(case: Json) -> str:
    return same(canonical(parse(case["a"])), canonical(parse(case["b"])))


def _quoting(case: Json) -> str:
    tree = parse(quoted(case["raw"])).tree
    return same(quoted(case["raw"]), case["quoted"]) or same(tree.value if isinstance(tree, Leaf) else tree, case["parsesBackTo"])


def _validity(case: Json) -> str:
    reading = read(case["query"], vocabulary())
    why = f" ({reading.problem.sentence})" if reading.problem else ""
    return same(reading.valid, case["valid"]) and f"{same(reading.valid, case['valid'])}{why}"


def _range(case: Json) -> str:
    found = range_of(case["range"], case.get("overloads") or {})
    return "not understood" if found is None else same(found.holds(case["value"]), case["match"])


def _judged(case: Json) -> str:
    reading = read(case["query"], vocabulary())
    ours = {
        "valid": reading.valid,
        "saveable": reading.saveable,
        "saveInHistory": reading.remembered,
        "canonical": reading.canonical,
    }
    return same(ours, {name: case[name] for name in ours})
