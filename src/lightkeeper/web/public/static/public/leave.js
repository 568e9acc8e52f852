// Leave at once: the button, Escape once, or Shift three times. The page is emptied first, then replaced, so
// that Back finds nothing of it. If our own exit is slow, the neutral page is opened without it.
// Written in the words that a phone of 2018 knows: there of all places the button must not be a mere link.
(() => {
  "use strict";
  const here = document.currentScript.dataset;
  const leave = here.leave;
  const neutral = here.neutral;
  const PATIENCE = 1500;
  const SHIFTS_WITHIN = 3000;
  let left = false;
  let shifts = [];

  const empty = () => {
    document.querySelectorAll("form").forEach((form) => form.reset());
    document.querySelectorAll("input, textarea").forEach((field) => { field.value = ""; });
    while (document.body.firstChild) document.body.removeChild(document.body.firstChild);
    document.documentElement.hidden = true; // whatever is still on its way here is not shown either
    document.title = "…";
    const icon = document.querySelector("link[rel=icon]");
    if (icon) icon.href = "data:,";
  };
  const go = () => {
    left = true;
    window.stop(); // a page that is still coming in, or an answer to a form, must not fill the page again
    empty();
    window.setTimeout(() => window.location.replace(neutral), PATIENCE);
    window.location.replace(leave);
  };

  // Escape that closes something else must only do that: an open list, dialog, popover or an input method.
  const known = (words) => {
    try {
      document.querySelector(words);
      return true;
    } catch (error) {
      return false; // an older browser does not know these words
    }
  };
  const saysWhichListIsOpen = known("select:open");
  const CLOSES = ["dialog[open]", "[data-closes-with-escape]", "select:open", "[popover]:popover-open"].filter(known).join();
  const isList = (target) => target instanceof HTMLSelectElement;
  const opensList = (event) => [" ", "Enter", "F4"].includes(event.key) || (event.altKey && event.key.startsWith("Arrow"));
  let openList = null; // for browsers that do not say
  const somethingOpen = () => document.querySelector(CLOSES) !== null || (!saysWhichListIsOpen && openList !== null);

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      if (somethingOpen()) {
        openList = null;
        return;
      }
      event.preventDefault();
      go();
    } else if (event.key === "Shift" && !event.repeat) {
      const now = Date.now();
      shifts = shifts.filter((time) => now - time < SHIFTS_WITHIN).concat(now);
      if (shifts.length >= 3) go();
    } else {
      shifts = [];
      if (isList(event.target) && opensList(event)) openList = openList ? null : event.target;
    }
  }, true);
  document.addEventListener("mousedown", (event) => { openList = isList(event.target) && !openList ? event.target : null; }, true);
  document.addEventListener("change", () => { openList = null; }, true);
  document.addEventListener("focusout", () => { openList = null; }, true);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("#leave")) {
      event.preventDefault();
      go();
    }
  });
  // A page that the browser kept alive and shows again: after leaving it must not stand there.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && left) window.location.replace(neutral);
  });
})();
