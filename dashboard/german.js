// The framework's few own words in German; everything else on the page is ours already.
(() => {
  const WORDS = {
    "Skip to main content": "Zum Inhalt springen",
    "Clear entry": "Eingabe löschen",
    "Open": "Liste öffnen",
    "Close": "Schließen",
    "Dismiss": "Schließen",
    "Connection error": "Keine Verbindung",
    "Streamlit server is not responding. Are you connected to the internet?":
      "Dieses Programm antwortet nicht mehr. Die Seite verbindet sich von selbst wieder, " +
      "sobald es läuft. Bleibt der Hinweis, benachrichtigen Sie bitte die Person, die es betreut.",
    "Page not found": "Diese Seite gibt es nicht",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "Die Adresse ist vielleicht falsch geschrieben. Gezeigt wird der Überblick.",
    "No results": "Nichts passt zur Eingabe",
  };
  const NOT_SAVED =
    "Die Datei ließ sich nicht herstellen. Bitte laden Sie die Seite neu und versuchen Sie es " +
    "noch einmal. Bleibt der Hinweis, benachrichtigen Sie bitte die Person, die dieses Programm " +
    "betreut.";
  const PLACES =
    '[data-testid="stSkipToContent"], [role="dialog"], [data-testid="stDialog"], ' +
    '[role="listbox"]';
  const german = (words) => WORDS[words.trim()];
  const translate = (root) => {
    for (const labelled of root.querySelectorAll("[aria-label]")) {
      const words = german(labelled.getAttribute("aria-label"));
      if (words) labelled.setAttribute("aria-label", words);
    }
    for (const place of root.querySelectorAll(PLACES)) {
      const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const words = german(texts.currentNode.data);
        if (words) texts.currentNode.data = words;
      }
    }
    // What a failed download says comes from the program's inside, whatever it is.
    for (const place of root.querySelectorAll('[data-testid="stDownloadButtonError"]')) {
      const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      for (let said = NOT_SAVED; texts.nextNode(); said = "") texts.currentNode.data = said;
    }
  };
  document.documentElement.lang = "de";
  translate(document);
  if (window.qaGerman) return; // one observer per browser page, however often it is drawn
  window.qaGerman = new MutationObserver(() => translate(document));
  window.qaGerman.observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label"],
  });
})();
