// Main rules of WCAG 2.2 AA, checked on the page as it is drawn. Gives one line per finding.
() => {
  const findings = [];
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    element.getBoundingClientRect().width > 0;
  const short = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 120);
  const say = (rule, element) => findings.push(`${rule}: ${short(element)}`);

  // names of controls, pictures and tables
  const nameOf = (element) =>
    (element.getAttribute("aria-label") || element.innerText || element.title || "").trim();
  for (const control of document.querySelectorAll("a[href], button, input, summary, [role=img]"))
    if (shown(control) && !nameOf(control) && !(control.labels || []).length)
      say("without a name", control);
  for (const picture of document.querySelectorAll("img"))
    if (!picture.hasAttribute("alt")) say("picture without a text", picture);
  for (const chart of document.querySelectorAll(".js-plotly-plot"))
    if (!chart.closest("[aria-label]")) say("figure without a text", chart);
  for (const table of document.querySelectorAll("table")) {
    if (!table.caption) say("table without a caption", table);
    for (const cell of table.querySelectorAll("th"))
      if (!cell.scope) say("header cell without a scope", cell);
  }

  // one name, one goal
  const goals = new Map();
  for (const link of document.querySelectorAll("a[href]")) {
    const known = goals.get(nameOf(link));
    if (known && known !== link.href) say("same name for two goals", link);
    goals.set(nameOf(link), link.href);
  }

  // structure
  if (document.documentElement.lang !== "de") findings.push("the page is not said to be German");
  if (document.querySelectorAll("main").length !== 1) findings.push("not exactly one main part");
  if (document.querySelectorAll("h1").length !== 1) findings.push("not exactly one h1");
  let level = 0;
  for (const heading of document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) say("heading skips a level", heading);
    level = next;
  }
  const ids = [...document.querySelectorAll(".stHtml [id]")].map((element) => element.id);
  for (const id of ids)
    if (document.querySelectorAll(`[id="${id}"]`).length > 1) findings.push(`id twice: ${id}`);
  for (const link of document.querySelectorAll('nav a[href^="#"]'))
    if (!document.getElementById(link.hash.slice(1))) say("link to nowhere", link);

  // contrast of text with what lies behind it
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = colour.map((c) => c / 255).map((c) =>
      c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const over = ([r, g, b, alpha = 1], below) =>
    [r, g, b].map((c, index) => c * alpha + below[index] * (1 - alpha));
  const behind = (element) => {
    if (!element) return [255, 255, 255];
    const own = channels(getComputedStyle(element).backgroundColor);
    return (own[3] ?? 1) === 1 ? own.slice(0, 3) : over(own, behind(element.parentElement));
  };
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  let measured = 0;
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !shown(element)) continue;
    if (element.closest("svg, style, script, .qa-hidden, [aria-hidden=true]")) continue;
    const style = getComputedStyle(element);
    const background = behind(element);
    const one = luminance(over(channels(style.color), background));
    const other = luminance(background);
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    measured += 1;
    if (ratio < (large ? 3 : 4.5)) say(`contrast ${ratio.toFixed(2)}`, element);
  }
  if (measured < 50) findings.push(`only ${measured} texts were measured`);
  return findings;
}
