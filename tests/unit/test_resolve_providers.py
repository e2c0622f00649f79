"""Who offers a training: by link, e-mail and name, and never by guess."""

from __future__ import annotations

import pytest

from pipeline.resolve.providers import ProviderFacts, ProviderFinder, endpoint

FINDER = ProviderFinder(
    [
        ProviderFacts(
            "vhs-wesel-hamminkeln-schermbeck", "VHS Wesel-Hamminkeln-Schermbeck", None, True
        ),
        ProviderFacts("vhs-rheine", "VHS Rheine", "https://www.vhs-rheine.de", True),
        ProviderFacts("vhs-guetersloh", "VHS Gütersloh", "https://www.vhs-gt.de", True),
        ProviderFacts("vhs-koeln", "VHS Köln", "https://www.vhs-koeln.de", True),
        ProviderFacts("vhs-aachen", "VHS Aachen", None, True),
        ProviderFacts("vhs-nordkreis-aachen", "VHS Nordkreis Aachen", None, True),
        ProviderFacts("vhs-im-kreis-herford", "VHS im Kreis Herford", "http://127.0.0.5:81", True),
        ProviderFacts("bertelsmann-stiftung", "Bertelsmann Stiftung", None, False),
    ]
)


@pytest.mark.parametrize(
    ("link", "email", "name", "expected"),
    [
        ("https://www.vhs-rheine.de/suche/kurs/1", None, None, "vhs-rheine"),
        ("http://vhs-rheine.de/x", None, None, "vhs-rheine"),
        ("http://127.0.0.5:81/kurs/1", None, None, "vhs-im-kreis-herford"),
        ("http://127.0.0.5:82/kurs/1", None, None, None),
        ("https://www.vhs-wesel.de/kurs/1", None, None, "vhs-wesel-hamminkeln-schermbeck"),
        (None, "fb4@vhs-wesel.de", None, "vhs-wesel-hamminkeln-schermbeck"),
        (None, "anmeldung@vhs-gt.de", None, "vhs-guetersloh"),
        (None, "x@vhs-aachen.de", None, "vhs-aachen"),
        (None, None, "Volkshochschule Köln", "vhs-koeln"),
        (None, None, "vhs Koeln", "vhs-koeln"),
        (None, None, "Bertelsmann Stiftung", "bertelsmann-stiftung"),
        (None, "integrationsrat@stadt-koeln.de", None, None),
        (None, None, "Stadt Köln", None),
        (None, "jemand@web.de", None, None),
        (None, None, "Volkshochschule", None),
        (None, "kaputt", None, None),
        ("mailto:x", None, None, None),
        (None, None, None, None),
    ],
)
def test_providers_are_found_only_where_exactly_one_fits(
    link: str | None, email: str | None, name: str | None, expected: str | None
) -> None:
    assert FINDER.find((link,), email, name).provider_id == expected


def test_two_providers_with_the_same_word_are_not_guessed() -> None:
    finder = ProviderFinder(
        [
            ProviderFacts("vhs-nordkreis-aachen", "VHS Nordkreis Aachen", None, True),
            ProviderFacts("vhs-suedkreis-aachen", "VHS Südkreis Aachen", None, True),
        ]
    )
    assert finder.find((), "x@vhs-aachen.de", None).provider_id is None


def test_the_pages_own_address_says_nothing() -> None:
    own = frozenset({endpoint("https://www.vhs-rheine.de") or ""})
    assert FINDER.find(("https://www.vhs-rheine.de/a",), None, None, own).provider_id is None


def test_the_link_speaks_before_the_email() -> None:
    found = FINDER.find(("https://www.vhs-rheine.de/a",), "x@vhs-gt.de", "VHS Köln")
    assert found.provider_id == "vhs-rheine"
    assert found.reason == "https://www.vhs-rheine.de/a"
