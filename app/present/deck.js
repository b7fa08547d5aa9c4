// Shows slides full screen and takes the keys of a presenter. One script for the 演示 page and for
// the offline file: it asks for nothing outside, and builds every element from data, so that text
// from a document can only ever be text.

const NEXT = new Set(["ArrowRight", "ArrowDown", "PageDown", " ", "Enter", "n", "N"])
const PREVIOUS = new Set(["ArrowLeft", "ArrowUp", "PageUp", "Backspace", "p", "P"])
const SWIPE = 60
// The least height of lines, as a share of their slide, and of a row of bars, in sizes of its type.
const LEAST_LINES = 0.5
const LEAST_ROW = 1.5

function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue
    if (name.startsWith("on")) element[name] = value
    else element.setAttribute(name, value === true ? "" : value)
  }
  if (tag === "button") element.type = "button"
  element.append(...children.filter((child) => child !== null && child !== undefined))
  return element
}

function table(rows, head) {
  const cell = (tag, { text, area, state, span, deep }) =>
    el(tag, { "data-area": area || null, class: state, colspan: span, rowspan: deep }, text)
  return el("div", { class: "table" }, el("table", {},
    el("thead", {}, ...head.map((row) => el("tr", {}, ...row.map((c) => cell("th", c))))),
    el("tbody", {}, ...rows.map((row) =>
      el("tr", {}, ...row.map((c, n) => cell(n ? "td" : "th", c)))))))
}

function sentence({ text, mark }) {
  if (!mark) return el("blockquote", { lang: "zh-CN" }, text)
  return el("blockquote", { lang: "zh-CN" },
    text.slice(0, mark[0]), el("mark", {}, text.slice(...mark)), text.slice(mark[1]))
}

function slideElement(slide, number, deck) {
  const body = []
  if (slide.chart) body.push(el("div", { class: "chart" }))
  if (slide.rows) body.push(table(slide.rows, slide.head))
  if (slide.lines) body.push(el("ul", { class: "lines" }, ...slide.lines.map((line) => el("li", {}, line))))
  const foot = slide.foot.filter(Boolean)
  return el("section", {
    class: `slide ${slide.kind}`, "aria-roledescription": deck.words.slide,
    "aria-label": `${number + 1} / ${deck.slides.length}`,
  },
    el("header", {}, el("h2", {}, slide.headline), slide.subtitle ? el("p", {}, slide.subtitle) : null),
    el("div", { class: "body" }, ...body),
    el("footer", {}, ...foot.map((line) => el("p", {}, line))))
}

// Makes a slide fit: closer lines first, then fewer notes at the foot (the key to the sentences shows
// all of them). Nothing of a table is ever out of sight; what is left can be scrolled.
function fit(section, chart, more) {
  const body = section.querySelector(".body")
  const content = body.querySelector(".table, .lines")
  const size = parseFloat(getComputedStyle(section).fontSize)
  const least = !chart ? 0 : chart.across ? section.clientHeight * LEAST_LINES
    : (chart.series.length + 1) * size * LEAST_ROW
  const notes = [...section.querySelectorAll("footer p")]
  const crowded = () => (content && content.scrollHeight > content.clientHeight + 1) ||
    body.clientHeight < least
  section.classList.remove("tight", "scrolled")
  notes.forEach((note) => { note.hidden = false })
  section.querySelector("footer .more")?.remove()
  if (crowded()) section.classList.add("tight")
  let hint = null
  for (const note of notes.slice(1).reverse()) {
    if (!crowded()) break
    note.hidden = true
    if (!hint) section.querySelector("footer").append(hint = el("p", { class: "more" }, more))
  }
  if (crowded() && content) section.classList.add("scrolled")
}

// Shows `deck` in `root`; returns what closes it. `leave` is called when the user wants out.
export function mount(root, deck, leave) {
  let current = Math.min(Math.max(deck.start ?? 0, 0), deck.slides.length - 1)
  // The area that stands out, on every slide that has it; to begin with, the one in focus on the page.
  let wanted = deck.focus ?? ""
  let black = false
  let theme = deck.theme === "dark" ? "dark" : "light"
  const words = deck.words
  const stage = el("div", { class: "deck", lang: deck.language, tabindex: "-1", "data-theme": theme })
  const slides = el("div", { class: "slides" })
  const counter = el("span", { class: "counter" })
  const progress = el("div", { class: "progress" })
  const legend = el("div", { class: "legend", role: "group", "aria-label": words.stress })
  const panel = el("aside", { class: "panel", hidden: true, "aria-label": words.sentences, tabindex: "0" })
  const help = el("aside", { class: "panel help", hidden: true, "aria-label": words.help })
  const said = el("div", { class: "said", "aria-live": "polite" })
  const control = (label, key, act, shown = label) =>
    el("button", { title: `${label}（${key}）`, "aria-label": label, onclick: act }, shown)
  const bar = el("div", { class: "bar" }, legend,
    el("div", { class: "controls" },
      control(words.previous, "←", () => go(current - 1), "‹"), counter,
      control(words.next, "→", () => go(current + 1), "›"),
      control(words.sentences, "S", toggleSentences),
      control(words.dark, "D", toggleTheme),
      control(words.full, "F", toggleFull),
      control(words.help, "?", toggleHelp),
      leave ? control(words.leave, "Esc", close) : null))
  stage.append(slides, progress, bar, panel, help, said)
  root.append(stage)
  help.append(el("h3", {}, words.help), el("dl", {}, ...words.keys.map(([keys, what]) =>
    el("div", {}, el("dt", {}, keys), el("dd", {}, what)))))

  function go(number) {
    current = Math.min(Math.max(number, 0), deck.slides.length - 1)
    show()
  }

  function show() {
    const slide = deck.slides[current]
    slides.replaceChildren(slideElement(slide, current, deck))
    counter.textContent = `${current + 1} / ${deck.slides.length}`
    progress.style.width = `${((current + 1) / deck.slides.length) * 100}%`
    legend.replaceChildren(...slide.areas.slice(0, 9).map((area, n) => {
      const button = el("button", { "aria-pressed": "false", "data-code": area.code,
        onclick: () => stress(area.code) },
      el("i", { "aria-hidden": "true" }, area.glyph), `${n + 1} ${area.label}`)
      button.style.setProperty("--area", area.color[theme])
      return button
    }))
    said.textContent = slide.headline
    drawChart()
    if (!panel.hidden) fillPanel()
  }

  function drawChart() {
    const slide = deck.slides[current]
    fit(slides.querySelector(".slide"), slide.chart, words.more)
    const box = slides.querySelector(".chart")
    if (box) draw(box, slide.chart, slide.alternative, theme, words.absent)
    applyStress()
  }

  const stressed = () => deck.slides[current].areas.some((area) => area.code === wanted) ? wanted : ""

  function stress(code) {
    wanted = stressed() === code ? "" : code
    applyStress()
    if (!panel.hidden) fillPanel()
  }

  function applyStress() {
    const now = stressed()
    stage.classList.toggle("stressing", Boolean(now))
    for (const element of slides.querySelectorAll("[data-area]")) {
      element.classList.toggle("stressed", element.getAttribute("data-area") === now)
    }
    // What is stressed lies on top of what is faint.
    const above = slides.querySelector("svg .stressed")
    above?.parentNode.append(above)
    for (const button of legend.children) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-code") === now))
    }
  }

  function fillPanel() {
    const slide = deck.slides[current]
    const now = stressed()
    const quotes = slide.quotes.filter((quote) => !now || quote.area === now)
    panel.replaceChildren(el("h3", {}, words.sentences), ...quotes.map((quote) => {
      const article = el("article", {}, el("h4", {}, quote.heading), sentence(quote),
        el("p", {}, quote.source))
      article.style.setProperty("--area", quote.color[theme])
      return article
    }))
    if (!quotes.length) panel.append(el("p", {}, words.no_sentence))
    const notes = slide.foot.filter(Boolean)
    if (notes.length) panel.append(el("h3", {}, words.notes), ...notes.map((note) => el("p", {}, note)))
    panel.scrollTop = 0
  }

  function toggleSentences() {
    panel.hidden = !panel.hidden
    help.hidden = true
    if (!panel.hidden) { fillPanel(); panel.focus() } else stage.focus()
  }

  function toggleHelp() {
    help.hidden = !help.hidden
    panel.hidden = true
  }

  function toggleTheme() {
    theme = theme === "dark" ? "light" : "dark"
    stage.setAttribute("data-theme", theme)
    show()
  }

  function toggleFull() {
    if (document.fullscreenElement) document.exitFullscreen()
    else stage.requestFullscreen?.().catch(() => {})
  }

  function close() {
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {})
    leave?.()
  }

  function escape() {
    if (!panel.hidden || !help.hidden) {
      panel.hidden = help.hidden = true
      stage.focus()
    } else if (black) setBlack(false)
    else if (stressed()) stress(stressed())
    else if (document.fullscreenElement) document.exitFullscreen()
    else close()
  }

  function setBlack(value) {
    black = value
    stage.classList.toggle("black", black)
  }

  const keys = {
    // A clicker's button for the start of a show sends F5, which would load the page anew.
    F5: () => document.fullscreenElement || toggleFull(),
    Home: () => go(0), End: () => go(deck.slides.length - 1), Escape: escape,
    f: toggleFull, s: toggleSentences, d: toggleTheme, "?": toggleHelp, "？": toggleHelp, h: toggleHelp,
    b: () => setBlack(!black), ".": () => setBlack(!black), 0: () => stressed() && stress(stressed()),
  }

  // Whether the key moves the sentences: at their end it turns the slide, as a clicker has no other.
  function scrolls(key) {
    if (/^(ArrowUp|PageUp)$/.test(key)) return panel.scrollTop > 1
    return /^(ArrowDown|PageDown)$/.test(key) && panel.scrollTop + panel.clientHeight < panel.scrollHeight - 1
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const onButton = event.composedPath()[0]?.localName === "button"
    if (onButton && (event.key === " " || event.key === "Enter")) return
    const area = deck.slides[current].areas[Number(event.key) - 1]
    let act
    if (/^[1-9]$/.test(event.key)) act = area && (() => stress(area.code))
    else if (panel.contains(event.composedPath()[0]) && scrolls(event.key)) return
    else if (NEXT.has(event.key)) act = () => (black ? setBlack(false) : go(current + (event.shiftKey && event.key === " " ? -1 : 1)))
    else if (PREVIOUS.has(event.key)) act = () => go(current - 1)
    else act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    // The page beneath must not take the keys for its own shortcuts.
    event.stopPropagation()
    if (!act) return
    event.preventDefault()
    act()
  }

  let touch = null
  stage.addEventListener("touchstart", (event) => { touch = event.changedTouches[0].clientX }, { passive: true })
  stage.addEventListener("touchend", (event) => {
    const moved = event.changedTouches[0].clientX - touch
    if (Math.abs(moved) > SWIPE) go(current + (moved < 0 ? 1 : -1))
  }, { passive: true })
  slides.addEventListener("click", () => {
    if (!panel.hidden || !help.hidden) escape()
    else if (!getSelection()?.toString()) go(current + 1)
  })
  // Without a connection Streamlit opens a dialog beneath the slides and makes all else inert. The
  // slides cover the window, so that a click beside them was meant for them.
  function missed(event) {
    if (event.composedPath().includes(stage)) return
    event.stopPropagation()
    event.preventDefault()
    go(current + 1)
  }
  let idle
  const awake = () => {
    stage.classList.remove("idle")
    clearTimeout(idle)
    idle = setTimeout(() => stage.classList.add("idle"), 2500)
  }
  stage.addEventListener("pointermove", awake)
  window.addEventListener("keydown", pressed, true)
  window.addEventListener("click", missed, true)
  const resized = new ResizeObserver(drawChart)
  resized.observe(slides)
  show()
  awake()
  stage.focus()
  return () => {
    clearTimeout(idle)
    resized.disconnect()
    window.removeEventListener("keydown", pressed, true)
    window.removeEventListener("click", missed, true)
    stage.remove()
  }
}
