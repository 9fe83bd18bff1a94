"""From text to a tree: what binds how, where everything stands, and what cannot be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultraider.search.query import DEEPEST, LONGEST, parse
from vaultraider.search.tree import And, Leaf, Node, Not, Nothing, Or, Problem


def told(text: str) -> str:
    """The tree in words: ``and[is:bow, not(keyword:x)]``."""
    query = parse(text)
    assert query.problem is None, query.problem
    return _told(query.tree)


def _told(node: Node) -> str:
    if isinstance(node, Leaf):
        return f"{node.name}:{node.value}"
    if isinstance(node, Not):
        return f"not({_told(node.operand)})"
    if isinstance(node, And | Or):
        return f"{type(node).__name__.lower()}[{', '.join(map(_told, node.operands))}]"
    return "nothing"


def problem(text: str) -> Problem:
    query = parse(text)
    assert query.problem is not None, query.tree
    assert isinstance(query.tree, Nothing)
    return query.problem


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", "nothing"),
        ("  \t ", "nothing"),
        ("a", "keyword:a"),
        ("a b", "and[keyword:a, keyword:b]"),
        ("a b or c", "and[keyword:a, or[keyword:b, keyword:c]]"),
        ("a and b or c", "or[and[keyword:a, keyword:b], keyword:c]"),
        ("a or b and c", "or[keyword:a, and[keyword:b, keyword:c]]"),
        ("a or b c or d", "and[or[keyword:a, keyword:b], or[keyword:c, keyword:d]]"),
        ("a and b c", "and[keyword:a, keyword:b, keyword:c]"),
        ("a or b or c", "or[keyword:a, keyword:b, keyword:c]"),
        ("a or (b or c)", "or[keyword:a, keyword:b, keyword:c]"),
        ("(a or b) c", "and[or[keyword:a, keyword:b], keyword:c]"),
        ("-a", "not(keyword:a)"),
        ("- a", "not(keyword:a)"),
        ("not a", "not(keyword:a)"),
        ("not -a", "not(not(keyword:a))"),
        ("not:bow", "not(is:bow)"),
        ("-not:bow", "not(not(is:bow))"),
        ("-(a b)", "not(and[keyword:a, keyword:b])"),
        ("a-b", "keyword:a-b"),
        ("is:a\tOR\u00a0is:b", "or[is:a, is:b]"),
        ("IS:Bow", "is:bow"),
        ("a:b:c", "a:b:c"),
        ("armor2.0:x", "keyword:armor2.0:x"),
        ("é:x", "keyword:é:x"),
        ("perk:수집가", "perk:수집가"),
        ("tag:a,b", "tag:a,b"),
        ("a )", "keyword:a"),
        ("(a", "keyword:a"),
        ("((a) b", "and[keyword:a, keyword:b]"),
    ],
)
def test_the_tree(text: str, tree: str) -> None:
    assert told(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("or", "keyword:or"),
        ("or a", "and[keyword:or, keyword:a]"),
        ("a or", "and[keyword:a, keyword:or]"),
        ("a and and b", "and[keyword:a, keyword:and, keyword:b]"),
        ("orbit android nothing", "and[keyword:orbit, keyword:android, keyword:nothing]"),
        ("not", "keyword:not"),
        ('"or" or "and"', "or[keyword:or, keyword:and]"),
        ("-or", "not(keyword:or)"),
    ],
)
def test_operators_are_words_where_they_stand_alone(text: str, tree: str) -> None:
    assert told(text) == tree


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"kill clip"', "kill clip"),
        ("'kill clip'", "kill clip"),
        ("“Kill Clip”", "kill clip"),
        ("‘kill clip’", "kill clip"),
        ("„kill clip“", "kill clip"),
        ('"ager\'s"', "ager's"),
        ("ager’s", "ager's"),
        (r'"a\"b"', 'a"b'),
        (r"'a\'b'", "a'b"),
        (r'"a\\b"', r"a\b"),
        (r"a\b", r"a\b"),
        ('""', ""),
        ('"(a or b)"', "(a or b)"),
        ('"/* a */"', "/* a */"),
    ],
)
def test_quotes(text: str, value: str) -> None:
    assert told(text) == f"keyword:{value}"
    assert told(f"name:{text}") == f"name:{value}"


def test_every_node_knows_where_it_stands() -> None:
    text = "is:a (is:b or -name:'x y') is:c"
    tree = parse(text).tree
    assert isinstance(tree, And)
    assert [text[each.start : each.end] for each in (tree, *tree.operands)] == [text, "is:a", "(is:b or -name:'x y')", "is:c"]
    either = tree.operands[1]
    assert isinstance(either, Or)
    assert [text[each.start : each.end] for each in either.operands] == ["is:b", "-name:'x y'"]


def test_places_count_as_a_browser_counts() -> None:
    assert [(each.start, each.length) for each in parse("🤯 İ is:x").leaves()] == [(0, 2), (3, 1), (5, 4)]
    assert problem("🤯 is:").start == 3


@pytest.mark.parametrize(
    ("text", "comment", "tree"),
    [
        ("/* My List */ is:a", "my list", "is:a"),
        ("/* a */ (is:a or is:b) is:c", "a", "and[or[is:a, is:b], is:c]"),
        ("is:a /* b */ is:b", "", "and[is:a, is:b]"),
        ("/* a */ /* b */ is:a", "a", "is:a"),
        ("is:a /* at the end */", "", "is:a"),
        ("(is:a /* at the end */ ) is:b", "", "and[is:a, is:b]"),
        ("/* only this */", "only this", "nothing"),
        ("/**/ is:a", "", "is:a"),
        ("/*\n/* a */ is:a", "", "and[keyword:/*, is:a]"),
        ("/* open is:a", "", "and[keyword:/*, keyword:open, is:a]"),
    ],
)
def test_comments(text: str, comment: str, tree: str) -> None:
    assert parse(text).comment == comment
    assert told(text) == tree


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("is:a is:", (5, 3), "needs a value"),
        ("is: foo", (0, 3), "needs a value"),
        ('name:"open', (5, 5), "not closed"),
        ("a 'open", (2, 5), "not closed"),
        ('"back\\', (0, 6), "not closed"),
        (r'"a\nb"', (2, 2), "stands before a quote"),
        ("-", (0, 1), "missing after “-”"),
        ("is:a or ", (4, 4), "missing after “or”"),
        ("is:a and )", (4, 5), "missing after “and”"),
        ("not ", (0, 4), "missing after “not”"),
        ("()", (0, 1), "Nothing is in these brackets"),
        ("(", (0, 1), "Nothing is in these brackets"),
        (")", (0, 1), "missing here"),
        ("(is:a)(is:b)", (6, 1), "a space, “and” or “or”"),
        ("foo:bar(baz)", (7, 1), "a space, “and” or “or”"),
        ('"a"b', (3, 1), "a space, “and” or “or”"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(text: str, place: tuple[int, int], word: str) -> None:
    found = problem(text)
    assert (found.start, found.length) == place
    assert word in found.sentence


@pytest.mark.parametrize(
    ("text", "place"), [("is:a) is:b", (4, 1)), ("is:a and(is:b)", (5, 8)), ("or(a", (0, 4)), ("is:a ) name:'x", (4, 2))]
)
def test_what_may_be_meant_otherwise_is_read_with_a_doubt(text: str, place: tuple[int, int]) -> None:
    query = parse(text)
    assert query.problem is None
    assert query.doubt is not None
    assert (query.doubt.start, query.doubt.length) == place


@pytest.mark.parametrize("text", ["is:a)", "(is:a", "'and(' is:a", "is:a or"])
def test_what_is_being_typed_raises_no_doubt(text: str) -> None:
    assert parse(text).doubt is None


@pytest.mark.parametrize(
    "text",
    [
        "(" * (DEEPEST + 1) + "a",
        "-" * (DEEPEST + 1) + "a",
        "(" * 5000,
        "-" * 5000,
        "a or b and (" * DEEPEST + "c",
        "x" * (LONGEST + 1),
    ],
    ids=["brackets", "minus", "only brackets", "only minus", "brackets in the canonical form", "long"],
)
def test_there_are_bounds(text: str) -> None:
    assert problem(text).sentence


def test_up_to_the_bounds_all_is_read() -> None:
    assert parse("(" * DEEPEST + "a" + ")" * DEEPEST).problem is None
    assert parse("-" * DEEPEST + "a").problem is None
    assert len(list(parse("a " * (LONGEST // 2)).leaves())) == LONGEST // 2


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b", "\x85", "\u202eabc", "<b>&amp;", "a\x1fb"])
def test_hostile_signs_are_words_that_can_be_sent_and_stored(text: str) -> None:
    (leaf,) = parse(text).leaves()
    assert "\0" not in leaf.value
    assert leaf.value.encode()


@given(st.text(max_size=60))
def test_every_text_is_read_or_refused_with_a_place_in_it(text: str) -> None:
    query = parse(text)
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    for found in (query.problem, query.doubt):
        assert found is None or (found.start >= 0 and found.start + found.length <= units)
    last = 0
    for leaf in query.leaves():
        assert last <= leaf.start < leaf.end <= units
        last = leaf.end
