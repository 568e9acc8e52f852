// Leave at once: the button, Escape once, or Shift three times. The page is emptied first, then replaced, so
// that Back finds nothing of it. If our own exit is slow, the neutral page is opened without it.
(() => {
  "use strict";
  const here = document.currentScript.dataset;
  const { leave, neutral } = here;
  const PATIENCE = 1500;
  const SHIFTS_WITHIN = 3000;
  let left = false;
  let shifts = [];

  const empty = () => {
    document.querySelectorAll("form").forEach((form) => form.reset());
    document.querySelectorAll("input, textarea").forEach((field) => { field.value = ""; });
    document.body.replaceChildren();
    document.title = "…";
    document.querySelector("link[rel=icon]")?.setAttribute("href", "data:,");
  };
  const go = () => {
    left = true;
    empty();
    window.setTimeout(() => window.location.replace(neutral), PATIENCE);
    window.location.replace(leave);
  };

  // Escape that closes something else must only do that: an open list, dialog, popover or an input method.
  const somethingOpen = (target) => {
    if (document.querySelector("dialog[open], [data-closes-with-escape]")) return true;
    try {
      if (document.querySelector("select:open, [popover]:popover-open")) return true;
    } catch { /* an older browser does not know these words */ }
    return target instanceof HTMLSelectElement && target.dataset.opened === "yes";
  };
  const noteSelect = (event) => {
    if (event.target instanceof HTMLSelectElement) event.target.dataset.opened = event.type === "mousedown" ? "yes" : "no";
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      if (somethingOpen(event.target)) {
        noteSelect({ target: event.target, type: "closed" });
        return;
      }
      event.preventDefault();
      go();
    } else if (event.key === "Shift" && !event.repeat) {
      const now = Date.now();
      shifts = [...shifts.filter((time) => now - time < SHIFTS_WITHIN), now];
      if (shifts.length >= 3) go();
    } else {
      shifts = [];
    }
  }, true);
  document.addEventListener("mousedown", noteSelect, true);
  document.addEventListener("change", noteSelect, true);
  document.addEventListener("focusout", noteSelect, true);
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
