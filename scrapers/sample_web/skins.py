"""The skins of the sample web's Kufer sites: no two sites of this make look alike."""

from __future__ import annotations

from scrapers.sample_web.site import KuferSkin

TABLE_SKIN = KuferSkin(
    "kufer_table.html",
    "/kurssuche/suche",
    "/kurssuche/liste",
    "/kurssuche/kurs/{slug}/{number}#inhalt",
    structured_data="list",
)
DIV_SKIN = KuferSkin(
    "kufer_divs.html",
    "/suche",
    "/programm",
    "/suche/kurs/{slug}/{number}",
    dot_in_time=True,
    mail_script=True,
    structured_data="object",
)
CARD_SKIN = KuferSkin(
    "kufer_cards.html",
    "/programm/kw/bereich/suche/suchesetzen/true/",
    "/programm/kw/kathaupt/1/",
    "/programm/kw/bereich/kursdetails/kurs/{number}/kursname/{slug}/",
    hidden_fields=(("kathaupt", "26"), ("suchesetzen", "false")),
    detail_template="kufer_card_detail.html",
    one_cell_dates=True,
)
OTHER_COLUMNS_SKIN = KuferSkin(
    "kufer_table.html",
    "/kurssuche/suche",
    "/kurse",
    "/kurse/kurs/{slug}/{number}",
    columns=("title", "number", "date", "place", "light"),
)
BOX_SKIN = KuferSkin(
    "kufer_boxes.html",
    "/kurssuche/suche",
    "/programm",
    "/programm/kurs/{number}/",
)
PANEL_SKIN = KuferSkin(
    "kufer_panels.html",
    "/kurssuche/suche",
    "/kategorie/52",
    "/angebot/{slug}/{number}",
    detail_template="kufer_tabs.html",
)
CALENDAR_SKIN = KuferSkin(
    "kufer_boxes.html",
    "/kurssuche/suche",
    "/programm",
    "/kurssuche/kurs/{slug}/{number}",
    dates_in_calendar=True,
)
