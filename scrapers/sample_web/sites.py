"""The sample web's sites: which there are, whom they stand for, what each deserves.

Twenty-four sites, each its own origin, together every kind of source and every state of a
council:

`offered`
    Brühl, Hürth, Pulheim, Wesseling: VHS Rhein-Erft has both modules with free places, and one
    course for members beside the series (`other`).
    Rheine: Basismodul with places; its Aufbaumodul is only past or cancelled, so `none_found`
    there; an evening for the committee (`other`).
    Recklinghausen: Aufbaumodul open; Basismodul twice, one with a waiting list, one full: offered,
    but no place is free ("ausgebucht").
    Bonn: Basismodul with few places; Aufbaumodul cancelled, so `none_found`; an online evening
    (`other`).
    Wesel: its own catalogue has nothing, but the Landesverband's overview names two runs with
    registration by e-mail and does not say of which module (`other`).
    Paderborn: the city's page announces a run and does not say of which module (`other`).
    Alsdorf, Baesweiler, Herzogenrath, Würselen: Basismodul; the Aufbaumodul is only past.
    Köln: Aufbaumodul with few places; the Basismodul was cancelled.
    Hamm: Basismodul, in an Open-vhs export. Hagen: Aufbaumodul and an evening for the committee
    (`other`), in a KuferSQL export. Bochum: Basismodul with few places and an afternoon for new
    members (`other`), on pages whose facts stand in structured data only. Bottrop: Aufbaumodul,
    whose second day and times stand in its calendar only.
    Soest: evenings for members (`other`), found only by a search with an umlaut.
`none_found`
    Bielefeld: its VHS offers Integrationskurse and nothing for the council; every check of it is
    complete. So are the modules named above, and those of Wesel, Paderborn, Köln, Soest, Hamm,
    Hagen, Bochum, Bottrop and the Aachen region that nobody offers.
`unknown`
    Dinslaken, Voerde: the site answers 500. Herne: it refuses connections. Minden, Bad
    Oeynhausen: robots.txt forbids the search, behind which an offer would be found. Lünen but
    for its Basismodul: the search takes its word by POST alone, and asked by an address it says
    that nothing was found; the walk through the categories comes upon the Basismodul (`offered`).
`not_configured`
    every other council: no provider of theirs has a site here.

The overview lists the five runs of the series: two at VHS Rhein-Erft and one at VHS Rheine are
the same as in those catalogues, two at VHS Wesel stand only there.
"""

from __future__ import annotations

from datetime import date

from scrapers.sample_web import courses, export_catalogues, older_catalogues
from scrapers.sample_web.courses import SampleCourse, Venue
from scrapers.sample_web.days import SATURDAY, weekday_after
from scrapers.sample_web.decoys import decoys
from scrapers.sample_web.site import SampleSite
from scrapers.sample_web.skins import (
    BOX_SKIN,
    CALENDAR_SKIN,
    CARD_SKIN,
    DIV_SKIN,
    OTHER_COLUMNS_SKIN,
    PANEL_SKIN,
    TABLE_SKIN,
)

BIELEFELD = Venue("Ravensberger Haus", "Raum 240", "Musterpark 1", "33607", "Bielefeld")
WESEL = Venue("VHS Wesel", "Raum 8", "Musterring 10", "46483", "Wesel")


def _rhein_erft(today: date) -> tuple[SampleCourse, ...]:
    return courses.rhein_erft(today) + decoys(
        "rhein-erft",
        today,
        62,
        lambda n: f"252-{2000 + 7 * n}",
        courses.BRUEHL,
        with_equal_chances=24,
    )


def _rheine(today: date) -> tuple[SampleCourse, ...]:
    return courses.rheine(today) + decoys(
        "rheine", today, 46, lambda n: f"25{n // 12 + 1:04d}{2000 + n}", courses.RHEINE
    )


def _recklinghausen(today: date) -> tuple[SampleCourse, ...]:
    return courses.recklinghausen(today) + decoys(
        "recklinghausen", today, 42, lambda n: f"N{2000 + 3 * n}", courses.RECKLINGHAUSEN
    )


def _bonn(today: date) -> tuple[SampleCourse, ...]:
    return courses.bonn(today) + decoys(
        "bonn", today, 58, lambda n: f"W{3000 + 11 * n}", courses.BONN
    )


def _bielefeld(today: date) -> tuple[SampleCourse, ...]:
    lecture_day = weekday_after(today, 6, SATURDAY)
    lecture = SampleCourse(
        "261-1234",
        "Ankommen in Bielefeld",
        (courses.Meeting(lecture_day, "11:00", "12:30"),),
        BIELEFELD,
        "Gespräch mit Familien aus fünf Ländern",
        ("Wie gelingt Integration im Alltag, was hilft, was hält auf? Ein offenes Gespräch.",),
        taken=9,
        total=60,
    )
    return (
        lecture,
        *decoys(
            "bielefeld", today, 44, lambda n: f"261-{4000 + n}", BIELEFELD, only_integration=True
        ),
    )


def _wesel(today: date) -> tuple[SampleCourse, ...]:
    return decoys("wesel", today, 48, lambda n: f"G{620000 + n}", WESEL)


def _minden(today: date) -> tuple[SampleCourse, ...]:
    return courses.minden(today) + decoys(
        "minden", today, 40, lambda n: f"252A{40000 + 100 * n}", courses.MINDEN
    )


SITES: tuple[SampleSite, ...] = (
    SampleSite(
        "landesverband-reihe",
        "landesverband-vhs-nrw",
        "Landesverband der Volkshochschulen von NRW",
        "overview",
        "page",
        start_path="/qualifizierungsreihe/",
        template="overview.html",
        expected=(5, 40),
        note="Übersicht der Qualifizierungsreihe, gilt für alle Gremien",
    ),
    SampleSite(
        "vhs-rhein-erft",
        "vhs-rhein-erft",
        "VHS Rhein-Erft",
        "catalogue",
        "kufer",
        "Brühl",
        skin=TABLE_SKIN,
        catalogue=_rhein_erft,
    ),
    SampleSite(
        "vhs-rheine",
        "vhs-rheine",
        "VHS Rheine",
        "catalogue",
        "kufer",
        "Rheine",
        skin=DIV_SKIN,
        catalogue=_rheine,
    ),
    SampleSite(
        "vhs-recklinghausen",
        "vhs-recklinghausen",
        "VHS Recklinghausen",
        "catalogue",
        "kufer",
        "Recklinghausen",
        skin=CARD_SKIN,
        catalogue=_recklinghausen,
    ),
    SampleSite("vhs-bonn", "vhs-bonn", "VHS Bonn", "catalogue", "item", "Bonn", catalogue=_bonn),
    SampleSite(
        "vhs-bielefeld",
        "vhs-bielefeld",
        "VHS Bielefeld",
        "catalogue",
        "kufer",
        "Bielefeld",
        skin=OTHER_COLUMNS_SKIN,
        catalogue=_bielefeld,
    ),
    SampleSite(
        "vhs-wesel-hamminkeln-schermbeck",
        "vhs-wesel-hamminkeln-schermbeck",
        "VHS Wesel-Hamminkeln-Schermbeck",
        "catalogue",
        "kufer",
        "Wesel",
        robots="User-agent: *\nCrawl-delay: 1\nDisallow: /warenkorb/\n",
        skin=BOX_SKIN,
        catalogue=_wesel,
    ),
    SampleSite(
        "vhs-dinslaken-voerde-huenxe",
        "vhs-dinslaken-voerde-huenxe",
        "VHS Dinslaken-Voerde-Hünxe",
        "catalogue",
        "kufer",
        "Dinslaken",
        behaviour="fails",
    ),
    SampleSite(
        "vhs-herne", "vhs-herne", "VHS Herne", "catalogue", "kufer", "Herne", behaviour="refuses"
    ),
    SampleSite(
        "vhs-minden-bad-oeynhausen",
        "vhs-minden-bad-oeynhausen",
        "VHS Minden/Bad Oeynhausen",
        "catalogue",
        "kufer",
        "Minden",
        robots="User-agent: *\nDisallow: /kurssuche/\nDisallow: /*cHash\n",
        skin=TABLE_SKIN,
        catalogue=_minden,
    ),
    SampleSite(
        "vhs-nordkreis-aachen",
        "vhs-nordkreis-aachen",
        "VHS Nordkreis Aachen",
        "catalogue",
        "kufer",
        "Alsdorf",
        skin=PANEL_SKIN,
        catalogue=older_catalogues.nordkreis,
    ),
    SampleSite(
        "vhs-koeln",
        "vhs-koeln",
        "VHS Köln",
        "catalogue",
        "cmx",
        "Köln",
        catalogue=older_catalogues.koeln,
    ),
    SampleSite(
        "vhs-soest",
        "vhs-soest",
        "VHS Soest",
        "catalogue",
        "webbasys",
        "Soest",
        search_method="post",
        catalogue=older_catalogues.soest,
    ),
    SampleSite(
        "vhs-luenen",
        "vhs-luenen",
        "VHS Lünen",
        "catalogue",
        "webbasys",
        "Lünen",
        search_method="post_only",
        catalogue=older_catalogues.luenen,
    ),
    SampleSite(
        "vhs-hamm",
        "vhs-hamm",
        "VHS Hamm",
        "catalogue",
        "openvhs",
        "Hamm",
        start_path="/export/openvhs.xml",
        platform="openvhs",
        catalogue=export_catalogues.hamm,
        note="Der ganze Katalog in einer Datei (Open-vhs 1.2)",
    ),
    SampleSite(
        "vhs-hagen",
        "vhs-hagen",
        "VHS Hagen",
        "catalogue",
        "kufersql",
        "Hagen",
        start_path="/export/kurse.xml",
        platform="openvhs",
        catalogue=export_catalogues.hagen,
        note="Der ganze Katalog in einer Datei (KuferSQL)",
    ),
    SampleSite(
        "vhs-bochum",
        "vhs-bochum",
        "VHS Bochum",
        "catalogue",
        "structured",
        "Bochum",
        catalogue=export_catalogues.bochum,
    ),
    SampleSite(
        "vhs-bottrop",
        "vhs-bottrop",
        "VHS Bottrop",
        "catalogue",
        "kufer",
        "Bottrop",
        skin=CALENDAR_SKIN,
        catalogue=export_catalogues.bottrop,
    ),
    SampleSite(
        "paderborn-stadtseite",
        "vhs-paderborn",
        "Stadt Paderborn",
        "page",
        "page",
        "Paderborn",
        start_path="/leben/integration/qualifizierung/",
        template="paderborn.html",
        expected=(1, 10),
        note="Ankündigung der Stadt; der Katalog der VHS Paderborn wird hier nicht gelesen",
    ),
    SampleSite(
        "bertelsmann-workshops",
        "bertelsmann-stiftung",
        "Bertelsmann Stiftung",
        "page",
        "page",
        start_path="/integrationsworkshops/",
        template="bertelsmann.html",
        expected=(1, 3),
    ),
    SampleSite(
        "landesintegrationsrat-coaching",
        "landesintegrationsrat-nrw",
        "Landesintegrationsrat NRW",
        "page",
        "page",
        start_path="/coaching/",
        template="coaching.html",
        expected=(4, 10),
    ),
    SampleSite(
        "landesintegrationsrat-folien",
        "landesintegrationsrat-nrw",
        "Landesintegrationsrat NRW",
        "page",
        "slides",
        start_path="/coaching.pdf",
        expected=(4, 10),
        note="Weitere Angebote des Verbandes, als Folien (PDF)",
    ),
    SampleSite(
        "konstanz-fortbildung",
        "universitaet-konstanz",
        "Universität Konstanz",
        "page",
        "page",
        start_path="/aktuelles/kommunale-integrationsarbeit/",
        template="konstanz.html",
        expected=(1, 5),
    ),
    SampleSite(
        "chancen-nrw-partner",
        "chancen-nrw",
        "chancen.nrw",
        "directory",
        "page",
        start_path="/partner-gremien-netzwerke",
        template="directory.html",
        expected=(10, 40),
    ),
)
