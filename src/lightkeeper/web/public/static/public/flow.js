// The report in one history entry: each step is fetched and put in the place of the one before, so that Back
// leaves the form instead of showing it. Without this script the form works as plain pages, and a browser that
// does not know all it needs (which button was pressed, above all) gets the plain pages.
(() => {
  "use strict";
  const able = typeof SubmitEvent === "function" && "submitter" in SubmitEvent.prototype
    && HTMLFormElement.prototype.requestSubmit && Element.prototype.replaceChildren;
  if (!able) return;
  const PATIENCE = 60000;
  const flow = () => document.querySelector("form[data-flow]");

  const put = (fresh, address) => {
    document.title = fresh.title;
    document.documentElement.lang = fresh.documentElement.lang;
    document.documentElement.dir = fresh.documentElement.dir;
    document.body.replaceChildren(...[...fresh.body.childNodes].map((node) => document.adoptNode(node)));
    if (address !== window.location.href) window.history.replaceState(null, "", address);
    window.scrollTo(0, 0);
    const problems = document.getElementById("problems");
    const target = problems || document.querySelector("h1");
    target.tabIndex = -1; // a screen reader begins to read here
    target.focus({ preventScroll: !problems });
  };

  // XMLHttpRequest parses the page for us: no string of ours ever becomes markup (Trusted Types).
  const send = (form, button) => {
    const fields = new URLSearchParams(new FormData(form));
    if (button && button.name) fields.set(button.name, button.value);
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.timeout = PATIENCE;
    request.open("POST", (button && button.formAction) || form.action);
    request.onload = () => (request.response ? put(request.response, request.responseURL) : plainly(form, button));
    request.onerror = request.ontimeout = () => plainly(form, button);
    request.send(fields);
  };
  // The line was cut: let the browser send it and say what is wrong. A report sent twice is kept once.
  const plainly = (form, button) => {
    form.dataset.plain = "yes";
    form.removeAttribute("aria-busy");
    form.requestSubmit(button || undefined);
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form !== flow() || form.dataset.plain) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    if (event.submitter && event.submitter.matches(".actions .button")) event.submitter.textContent = form.dataset.busy;
    send(form, event.submitter);
  });
  // Shown again from the browser's memory: begin afresh, nothing that was typed may stand there.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
})();
