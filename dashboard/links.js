// Links inside the dashboard without loading the page anew: the address changes, and Streamlit is
// told as if the reader had used the back button. Without this script every link works as well.
(() => {
  if (window.qaLinks) return; // one listener per browser page, however often it is drawn
  window.qaLinks = true;
  const push = history.pushState.bind(history);
  const TYPED = "suche";

  // What is typed into a search replaces the entry of the history: one step back leaves the search.
  const without = (address) => {
    const query = new URLSearchParams(new URL(address, location.href).search);
    query.delete(TYPED);
    return query.toString();
  };
  const typed = (address) => new URLSearchParams(new URL(address, location.href).search).get(TYPED);
  history.pushState = (state, title, address) => {
    const onlyTyped =
      address && new URL(address, location.href).pathname === location.pathname &&
      without(address) === without(location.href) && typed(address) !== typed(location.href);
    (onlyTyped ? history.replaceState.bind(history) : push)(state, title, address);
  };

  const settled = (then) => {
    const app = document.querySelector('[data-testid="stApp"]');
    const state = () => app && app.getAttribute("data-test-script-state");
    let begun = false;
    let frames = 0;
    const look = () => {
      frames += 1;
      // A quick run may begin and end between two looks.
      if (state() !== "notRunning" || frames > 20) begun = true;
      if ((begun && state() === "notRunning") || frames > 600) then();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };

  const go = (goal, stays, id) => {
    push({}, "", goal.href);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    settled(() => {
      // The keyboard's focus goes where the reader is: to the same link, or to the new heading.
      const next = stays && id ? document.getElementById(id) : document.querySelector("main h1");
      if (!next) return;
      if (!next.matches("a")) next.tabIndex = -1;
      next.focus({ preventScroll: stays });
      if (!stays) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    });
  };

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest('.stHtml a[href]');
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.target === "_blank" || link.hasAttribute("download")) return;
    const goal = new URL(link.href, location.href);
    if (goal.origin !== location.origin) return;
    if (goal.hash && goal.pathname === location.pathname && goal.search === location.search) return;
    event.preventDefault();
    go(goal, link.hasAttribute("data-stay"), link.id);
  });

  // A point of a figure opens the page of what it stands for: the figure's `meta.open` is the
  // address up to the key, the point's `customdata` is the key.
  const opened = ({ points }) => {
    const [point] = points;
    const open = point?.data?.meta?.open;
    if (typeof open !== "string" || typeof point.customdata !== "string") return;
    const goal = new URL(open + encodeURIComponent(point.customdata), location.href);
    if (goal.origin === location.origin) go(goal, false, "");
  };
  document.addEventListener("pointerdown", (event) => {
    const plot = event.target instanceof Element && event.target.closest(".js-plotly-plot");
    if (!plot || !plot.on) return;
    plot.removeListener("plotly_click", opened);
    plot.on("plotly_click", opened);
  }, true);
})();
