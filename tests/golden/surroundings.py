"""What stands around the content of a real page: golden pages are bare, pages on the web are not.

Modelled on catalogue sites of VHS: a head full of links, styles and inline scripts, a consent
dialog, a header with search form and a menu of three levels, the same menu again for small screens,
cards that advertise other things, a newsletter form, a footer in columns, icons as SVG.
"""

from __future__ import annotations

_TOPICS = (
    *("Politik", "Gesundheit", "Sprachen", "Kultur", "Beruf", "Grundbildung", "Umwelt", "Musik"),
    *("Deutsch", "Yoga", "Kochen", "Englisch", "Tanz", "Geschichte", "Technik", "Familie"),
)
_ICON = (
    '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M12 2C6.48'
    " 2 2 6.48 2 12s4.48 10 10 10 10-4.48 10-10S17.52 2 12 2zm0 18c-4.41 0-8-3.59-8-8s3.59-8 8-8"
    '8 3.59 8 8-3.59 8-8 8z"/></svg>'
)
# What one measure of surroundings adds, in bytes: about 13 KB.
_HEAD_LINKS = 12
_RULES = 22
_MENU_ENTRIES = 6
_CARDS = 2


def surrounded(html: str, measures: int) -> str:
    """The page within `measures` of surroundings, about 13 KB each; fragments and JSON, which have
    none on the web either, stay as they are."""
    if "</head>" not in html or "<body" not in html:
        return html
    head = html.index("</head>")
    start = html.index(">", html.index("<body")) + 1
    end = html.rindex("</body>") if "</body>" in html else len(html)
    return "".join(
        [
            html[:head],
            _head(measures),
            html[head:start],
            _consent(measures),
            _header(measures),
            html[start:end],
            _cards(measures),
            _footer(measures),
            html[end:],
        ]
    )


def _head(measures: int) -> str:
    links = "".join(
        f'<link rel="preload" href="/typo3temp/assets/compressed/merged-{n:032x}.css?{n}"'
        ' as="style" type="text/css" media="all">\n'
        for n in range(_HEAD_LINKS * measures)
    )
    rules = "".join(
        f".frame-{n}>.frame-container{{margin:0 auto;padding:{n % 7}rem;color:#{n:06x}}}\n"
        for n in range(_RULES * measures)
    )
    settings = ",".join(
        f'"plugin{n}":{{"id":{n},"path":"/fileadmin/plugin/{n}.js","lazy":true}}'
        for n in range(_RULES * measures)
    )
    return f"{links}<style>{rules}</style><script>window.settings={{{settings}}};</script>"


def _consent(measures: int) -> str:
    choices = "".join(
        f'<li><input type="checkbox" id="wahl-{n}" name="wahl[{n}]"><label for="wahl-{n}">'
        f"Dienst {n} zulassen</label><p>Dieser Dienst speichert eine Kennung im Browser.</p></li>"
        for n in range(2 * measures)
    )
    return (
        '<div id="cookie-consent" class="dialog" role="dialog"><div class="dialog-inner">'
        f"<h2>Einstellungen</h2><ul>{choices}</ul>"
        '<button type="button" class="btn btn-primary">Alle annehmen</button></div></div>'
    )


def _menu(measures: int, kind: str) -> str:
    return "".join(
        f'<li class="{kind}-item level-1"><a class="{kind}-link" href="/themen/{topic.lower()}/"'
        f' title="{topic}"><span class="{kind}-text">{topic}</span></a><ul class="{kind}-sub">'
        + "".join(
            f'<li class="{kind}-item level-2"><a class="{kind}-link" title="{topic} {n}"'
            f' href="/themen/{topic.lower()}/bereich-{n}/"><span>{topic} {n}</span></a></li>'
            for n in range(_MENU_ENTRIES * measures // 4)
        )
        + "</ul></li>"
        for topic in _TOPICS
    )


def _header(measures: int) -> str:
    return (
        f'<header class="page-header"><div class="brand"><a href="/">{_ICON}<span>vhs</span></a>'
        '</div><form class="quick-search" action="/schnellsuche" method="get"><label for="wort">'
        'Wonach suchen Sie?</label><input id="wort" type="search" name="wort">'
        f'<button type="submit">{_ICON}</button></form>'
        f'<nav class="main-menu" aria-label="Hauptmenü"><ul>{_menu(measures, "menu")}</ul></nav>'
        f'</header><nav class="offcanvas" aria-label="Menü"><ul>{_menu(measures, "mobile")}</ul>'
        "</nav>"
    )


def _cards(measures: int) -> str:
    cards = "".join(
        f'<div class="card"><div class="card-image"><picture><source srcset="/bilder/{n}.webp"'
        f' type="image/webp"><img src="/bilder/{n}.jpg" alt="" width="400" height="225"'
        f' loading="lazy"></picture></div><div class="card-body"><h3>Rund um {topic}</h3><p>Lernen'
        f" Sie Neues in netter Gesellschaft und finden Sie Ihr Thema im Haus.</p>"
        f'<a class="card-link" href="/aktuelles/{topic.lower()}-{n}">Mehr über {topic}{_ICON}</a>'
        "</div></div>"
        for n, topic in enumerate(_TOPICS * (measures * _CARDS // len(_TOPICS) + 1))
        if n < _CARDS * measures
    )
    return (
        f'<div class="teaser-row"><h2>Aus dem Haus</h2><div class="cards">{cards}</div></div>'
        '<form class="newsletter" action="/newsletter" method="post"><p>Neues aus dem Haus, einmal'
        ' im Monat.</p><input type="text" name="name"><button>Bestellen</button></form>'
    )


def _footer(measures: int) -> str:
    columns = "".join(
        f'<div class="col"><h4>{topic}</h4><ul>'
        + "".join(
            f'<li><a href="/info/{topic.lower()}/{n}">{_ICON}{topic} und mehr {n}</a></li>'
            for n in range(measures)
        )
        + "</ul></div>"
        for topic in _TOPICS[:5]
    )
    return (
        f'<footer class="page-footer"><div class="row">{columns}</div><p>Impressum, Datenschutz,'
        " Barrierefreiheit</p></footer><script>document.documentElement.classList.add('js');"
        "window.start&&window.start({breakpoint:992,menu:'.main-menu'});</script>"
    )
