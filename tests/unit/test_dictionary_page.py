"""The generated page of tables: complete, and the one that is kept is the present one."""

from __future__ import annotations

from warehouse.cookbook import load_cookbook
from warehouse.dictionary import load_dictionary, parse_dictionary
from warehouse.dictionary_page import PAGE, current_page, dictionary_page
from warehouse.macros import MACROS


def test_the_kept_page_is_up_to_date() -> None:
    kept = PAGE.read_text(encoding="utf-8")
    assert kept == current_page(), "write it anew: python -m warehouse.dictionary_page"


def test_the_page_names_every_table_column_macro_and_question() -> None:
    page = current_page()
    for table in load_dictionary().tables:
        section = page.split(f"### {table.full_name}\n")[1].split("\n### ")[0]
        for column in table.columns:
            name = f"**{column.name}**" if column.name in table.key else column.name
            assert f"| {name} | {column.type} |" in section, f"{table.name}.{column.name}"
    for macro in MACROS:
        assert macro.signature in page
    for query in load_cookbook():
        assert query.question in page


def test_a_cell_cannot_break_its_row() -> None:
    text = """
mart:
  t:
    description: "eins | zwei"
    key: [a]
    columns:
      a: {type: VARCHAR, description: "x | y", allowed: [p, q], not_null: true}
"""
    page = dictionary_page(parse_dictionary(text), (), ())
    assert "| **a** | VARCHAR | x \\| y. Werte: p, q. Nie leer. |" in page
    assert "| [mart.t](#martt) | eins \\| zwei |" in page
