"""The dark scheme for readers without scripts is made of the dark rules alone."""

from __future__ import annotations

from variorum.schemes import dark


def test_dark_rules_are_kept_for_a_page_in_the_light_scheme() -> None:
    css = """
    :root { --a: 0; } /* [data-md-color-scheme=slate] { --comment: 1 } */
    @media screen{[data-md-color-scheme=slate]{--a:1}}
    [data-md-color-scheme="slate"] .plot { --b: 2; }
    [data-md-color-scheme=default] { --a: 3; }
    [data-md-color-primary=lime]:not([data-md-color-scheme=slate]){--a:4}
    """
    assert dark(css).splitlines() == [
        "[data-md-color-scheme=default]{--a:1}",
        "[data-md-color-scheme=default] .plot{ --b: 2; }",
    ]
