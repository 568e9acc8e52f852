// The desk's few helpers. Every page works without them.
const doc = document
const all = (what, from = doc) => [...from.querySelectorAll(what)]
const typing = () => doc.activeElement?.matches("input, textarea, select")

// Cover: one click or Shift+B hides the page from whoever looks over a shoulder.
const cover = doc.querySelector("[data-covered]")
const setCover = (on) => {
  if (!cover) return
  cover.hidden = !on
  doc.body.classList.toggle("is-covered", on)
  for (const part of all("header, main")) part.inert = on
  if (on) cover.querySelector("button").focus()
}
for (const button of all("[data-cover]")) button.addEventListener("click", () => setCover(true))
for (const button of all("[data-uncover]")) button.addEventListener("click", () => setCover(false))

// Light or night.
for (const button of all("[data-night]")) button.addEventListener("click", () => {
  const dark = doc.documentElement.dataset.night ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "yes" : "no")
  const next = dark === "yes" ? "no" : "yes"
  doc.documentElement.dataset.night = next
  try { localStorage.setItem("night", next) } catch { /* storage is off */ }
})

// Rows by keyboard.
doc.addEventListener("keydown", (event) => {
  if (event.key === "B" && event.shiftKey && !typing()) { setCover(cover?.hidden); return }
  if (typing() || event.ctrlKey || event.metaKey || event.altKey) return
  const rows = all("[data-row]")
  const here = rows.indexOf(doc.activeElement)
  if (event.key === "j") rows[Math.min(here + 1, rows.length - 1)]?.focus()
  else if (event.key === "k") rows[Math.max(here - 1, 0)]?.focus()
  else {
    const target = doc.querySelector(`[data-key="${CSS.escape(event.key)}"]`)
    if (!target) return
    event.preventDefault()
    if (target.matches("button, a")) target.click(); else target.focus()
  }
})

// Live: ask again every twenty seconds and put the new list in the old one's place, never while somebody works in it.
const live = doc.querySelector("[data-live]")
const refresh = async () => {
  if (doc.hidden || typing() || !cover?.hidden) return
  try {
    const answer = await fetch(location.href, { headers: { "X-Refresh": "1" }, credentials: "same-origin" })
    if (!answer.ok || answer.redirected) return
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]")
    if (!fresh || fresh.dataset.mark === live.dataset.mark) return
    const focused = doc.activeElement?.getAttribute("href")
    live.replaceChildren(...fresh.childNodes)
    live.dataset.mark = fresh.dataset.mark
    if (focused) all("[data-row]", live).find((row) => row.getAttribute("href") === focused)?.focus()
    const said = doc.createElement("p")
    said.className = "unseen"
    said.setAttribute("role", "status")
    live.after(said)
    setTimeout(() => { said.textContent = "The queue was updated." }, 50)
    setTimeout(() => said.remove(), 5000)
  } catch { /* the next try may work */ }
}
if (live) setInterval(refresh, 20_000)

// A pause: after fifty minutes at the desk, a line that can be put away.
const began = Number(sessionStorage.getItem("began")) || Date.now()
sessionStorage.setItem("began", began)
const remind = () => {
  if (Date.now() - Number(sessionStorage.getItem("began")) < 50 * 60_000) return
  sessionStorage.setItem("began", Date.now())
  const note = doc.createElement("p")
  note.className = "pause"
  note.setAttribute("role", "status")
  note.textContent = "You have read hard things for fifty minutes. Stand up, look out of a window, talk to somebody. "
  const away = doc.createElement("button")
  away.type = "button"
  away.className = "plain"
  away.textContent = "Put away"
  away.addEventListener("click", () => note.remove())
  note.append(away)
  doc.querySelector("main")?.prepend(note)
}
if (doc.querySelector("[data-cover]")) setInterval(remind, 30_000)

// Canned texts: put into the field, in the reporter's language; the officer reads and changes them.
const texts = doc.getElementById("canned-texts")
if (texts) {
  const canned = JSON.parse(texts.textContent)
  const choice = doc.querySelector("[data-canned]"), language = doc.querySelector("[data-canned-language]")
  const field = doc.getElementById("reply-text")
  let last = ""
  const put = () => {
    const text = canned[choice.value]?.[language.value] ?? ""
    if (field.value === last || !field.value.trim()) { field.value = text; last = text }
  }
  choice.addEventListener("change", put)
  language.addEventListener("change", put)
}
