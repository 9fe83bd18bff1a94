"""One form of writing a query, which reads as the same tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.search.query_texts import TEXTS, shape

from vaultraider.search.canonical import canonical, quoted
from vaultraider.search.query import parse
from vaultraider.search.tokens import plain


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("", ""),
        ("  Is:Bow  ", "is:bow"),
        ("not:bow", "-is:bow"),
        ("not (is:a and is:b)", "-(is:a is:b)"),
        ("is:a and is:b or is:c", "(is:a is:b) or is:c"),
        ("food fight", "food and fight"),
        ("is:a food", "is:a and food"),
        ("is:a -food", "is:a -food"),
        ("keyword:food", "food"),
        ("perkname:'kill clip'", 'perkname:"kill clip"'),
        ("perkname:'outlaw'", "perkname:outlaw"),
        ("perkname:'a\"b'", "perkname:'a\"b'"),
        (r"""perkname:'a"b\'c'""", r'''perkname:"a\"b'c"'''),
        ("ager's", '"ager\'s"'),
        ('name:""', 'name:""'),
        ('"-food"', '"-food"'),
        ('"is:food"', '"is:food"'),
        ('"not" food', '"not" and food'),
        ("food not", "food and not"),
        ('-"not" is:a', '-"not" is:a'),
        ('"/*x*/"', '"/*x*/"'),
        ('"/*" a "*/"', '"/*" and a and */'),
        ("/*", "/*"),
        ("/* Title */  is:a", "/* title */ is:a"),
        ("is:a /* inside */ is:b", "is:a is:b"),
        ("/* title */", "/* title */"),
        ("is:a and b and (c and d)", "is:a and b and (c and d)"),
        ("is: broken", "is: broken"),
        ("((a)", "a"),
    ],
)
def test_the_form(text: str, form: str) -> None:
    assert canonical(parse(text)) == form
    assert canonical(parse(form)) == form


@pytest.mark.parametrize("value", ["food", "a b", 'a"b', "a'b", "a\\b", "a\"b'c", "a\\ \"b' c", "(", "", "\\", "\\'"])
def test_quotes_keep_what_is_in_them(value: str) -> None:
    (leaf,) = parse(f"name:{quoted(value)}").leaves()
    assert leaf.value == value


@given(TEXTS)
def test_it_reads_as_the_same_tree(text: str) -> None:
    query = parse(text)
    form = canonical(query)
    again = parse(form)
    if query.problem is None:
        assert again.problem is None, (form, again.problem)
        assert shape(again.tree) == shape(query.tree)
        assert canonical(again) == form


@given(st.text(max_size=20))
def test_any_value_can_be_written(value: str) -> None:
    first, second = parse(f"name:{quoted(value)} is:a").leaves()
    assert (first.value, second.value) == (plain(value), "a")
