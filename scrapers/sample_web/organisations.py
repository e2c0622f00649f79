"""The entries of the sample directory: names and contacts are facts, every sentence is our own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One organisation as the directory prints it; `noise` is what an editor left behind."""

    name: str
    summary: str
    website: str = ""
    contact: tuple[str, ...] = ()
    noise: str = ""


ORGANISATIONS: tuple[Entry, ...] = (
    Entry(
        "Zentrum für Türkeistudien und Integrationsforschung (ZfTI)",
        "Seit 1985 forscht die Stiftung des Landes zu Migration und Integration, mit Blick auf die "
        "Türkei und auf Europa. Sie gehört zur Universität Duisburg-Essen.",
    ),
    Entry(
        "DOMiD - Dokumentationszentrum und Museum über die Migration in Deutschland e.V.",
        "Der Kölner Verein sammelt, was von der Geschichte der Einwanderung erzählt.",
    ),
    Entry(
        "Elternnetzwerk NRW - Integration miteinander e.V.",
        "Elternvereine aus vielen Herkunftsländern tun sich hier für die Bildung ihrer Kinder "
        "zusammen.",
    ),
    Entry(
        "Kompetenzzentrum für Integration",
        "Das Zentrum berät, fördert und gibt Wissen weiter; auch die Verteilung von Zugewanderten "
        "auf die Kommunen gehört dazu.",
        "www.kfi.nrw.de",
        (
            "Bezirksregierung Arnsberg",
            "Dezernat 36 - Kompetenzzentrum für Integration",
            "Seibertzstr. 1",
            "59821 Arnsberg",
            "Tel.: 02931 / 82-2900 Fax: 02931 / 82-2909",
            "E-Mail: poststelle [at] bezreg-arnsberg.nrw.de "
            "(poststelle[at]bezreg-arnsberg[dot]nrw[dot]de)",
        ),
    ),
    Entry(
        "Lehrkräfte mit Zuwanderungsgeschichte",
        "Das Projekt zweier Ministerien wirbt seit 2007 für mehr Vielfalt im Lehrerzimmer.",
        "www.lmz-nrw.de",
        noise="Die referenzierte Medienquelle fehlt.",
    ),
    Entry(
        "Landesintegrationsrat Nordrhein-Westfalen",
        "Der Zusammenschluss der kommunalen Gremien besteht seit 1996 und vertritt sie gegenüber "
        "dem Land.",
        "www.landesintegrationsrat.nrw",
        (
            "Landesintegrationsrat Nordrhein-Westfalen",
            "Haroldstr. 14",
            "40213 Düsseldorf",
            "Tel.: 0211 / 99416-0",
            "Fax: 0211 / 99416-15",
        ),
    ),
    Entry(
        "Integrationsministerkonferenz (IntMK)",
        "Die zuständigen Ministerinnen und Minister der Länder stimmen sich hier ab; der Vorsitz "
        "wandert jedes Jahr zum 01.10. weiter.",
    ),
    Entry(
        "Interkulturelle Väterarbeit NRW",
        "Ein Netzwerk von Projekten für Väter mit Einwanderungsgeschichte.",
    ),
    Entry(
        "Landesbeirat für Vertriebenen-, Flüchtlings- und Spätaussiedlerfragen",
        "Fünfzehn berufene Ehrenamtliche beraten die Landesregierung.",
    ),
    Entry(
        "Jugendmigrationsdienste",
        "Mehr als 450 Stellen in Deutschland begleiten junge Menschen von 12 bis 27 Jahren; "
        "Beratung gibt es auch online, ohne Namen und ohne Kosten.",
        "www.jugendmigrationsdienste.de",
        (
            "Servicebüro Jugendmigrationsdienste",
            "Adenauerallee 12-14",
            "53113 Bonn",
            "E-Mail: info [at] jugendmigrationsdienste.de (info[at]jugendmigrationsdienste[dot]de)",
        ),
    ),
    Entry(
        "Landesarbeitsgemeinschaft Jugendsozialarbeit NRW (LAG JSA NRW)",
        "Die Träger der Jugendsozialarbeit sprechen hier mit einer Stimme.",
    ),
    Entry(
        "Landesinitiative Jungenarbeit NRW",
        "Die Initiative wirbt für einen genaueren Blick auf Jungen und ihre Lebenslagen.",
    ),
    Entry(
        "Antidiskriminierungsbüros NRW",
        "Anlaufstellen in Aachen, Dortmund, Duisburg, Köln und Siegen beraten Betroffene.",
    ),
    Entry(
        "Verband Deutscher Sinti und Roma, Landesverband NRW",
        "Die Beratungsstelle in Düsseldorf wird seit 1985 vom Land gefördert.",
    ),
)
