// Builds an element tree (app/markup.py) node by node: text is set as text, never parsed.
// Reports clicks on [data-pick], and what is taken from a list [data-choice] as its name and the value;
// a key of the keyboard clicks the button that has it as [data-key]; [data-to] leads to another page with the
// choices of this one; scrolls to the words that [data-goto] names.
// A table that is wider than its place is folded: a card a row, each cell beneath the head of its column.

const TAGS = new Set("a blockquote br button caption dd div dl dt h1 h2 h3 label li mark ol option p section select small span strong table tbody td th thead tfoot time tr ul".split(" "))
const ATTRIBUTES = new Set("class title colspan rowspan scope id role lang tabindex aria-label aria-hidden aria-current aria-pressed data-choice data-drawing data-fact data-goto data-image data-key data-pick data-style data-to disabled selected value".split(" "))

function build(node) {
  if (typeof node === "string") return document.createTextNode(node)
  const [tag, attributes, children] = node
  if (!TAGS.has(tag)) return document.createTextNode("")
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (ATTRIBUTES.has(name)) element.setAttribute(name, value)
  }
  if (tag === "button") {
    element.type = "button"
    // What only a screen reader would hear, a mouse can read, too; sent once.
    if (attributes["aria-label"] && !attributes.title) element.title = attributes["aria-label"]
  }
  if (/^#[0-9A-Fa-f]{6}$/.test(attributes["data-style"] ?? "")) {
    element.style.setProperty("--area", attributes["data-style"])
  }
  for (const child of children) element.append(build(child))
  return element
}

// The heads of a table's columns stand in its cells, too: seen where the table is folded.
function head(box) {
  const heads = [...box.querySelectorAll("thead th")]
  for (const row of box.querySelectorAll("tbody tr")) {
    for (const [place, cell] of [...row.cells].entries()) {
      if (cell.tagName !== "TD" || !cell.textContent) continue
      const said = document.createElement("span")
      said.className = "head"
      said.append(...[...heads[place].childNodes].map((part) => part.cloneNode(true)))
      cell.prepend(said)
    }
  }
}

function fold(box, width) {
  if (box.width === width) return
  box.width = width
  box.classList.remove("folded")
  if (box.scrollWidth > box.clientWidth + 1) box.classList.add("folded")
}

// The states of coverage have forms of their own; what stands behind a chart is heard as a table.
function watch(root) {
  root.folding?.disconnect()
  root.folding = new ResizeObserver((all) => all.forEach((e) => fold(e.target, e.contentRect.width)))
  for (const box of root.querySelectorAll(".scroll:not(.behind *, :has(table.coverage))")) {
    head(box)
    root.folding.observe(box)
  }
}

function mentions(element, attribute, key) {
  return (element.getAttribute(attribute) ?? "").split(" ").includes(key)
}

function mark(root, key) {
  for (const element of root.querySelectorAll("[data-pick], [data-fact]")) {
    const current = Boolean(key) &&
      (mentions(element, "data-pick", key) || mentions(element, "data-fact", key))
    if (current) element.setAttribute("aria-current", "true")
    else element.removeAttribute("aria-current")
  }
}

function scrollWithin(element, smooth) {
  const box = element.closest(".document, .figures")
  if (!box) return
  const offset = element.getBoundingClientRect().top - box.getBoundingClientRect().top
  box.scrollTo({
    top: box.scrollTop + offset - box.clientHeight / 3,
    behavior: smooth && !matchMedia("(prefers-reduced-motion: reduce)").matches ? "smooth" : "auto",
  })
}

function reveal(root, key, smooth) {
  if (!key) return
  const all = (attribute) =>
    [...root.querySelectorAll(`[${attribute}]`)].find((e) => mentions(e, attribute, key))
  const words = [...root.querySelectorAll("mark.figure")].find((e) => mentions(e, "data-fact", key))
  const target = words ?? all("data-fact")
  if (target) scrollWithin(target, smooth)
  const entry = all("data-goto")
  if (entry) scrollWithin(entry, smooth)
}

// What the keyboard is at stays so when the tree is built anew: the list, or the button of the same key.
function rebuild(root, tree) {
  const at = root.getRootNode().activeElement
  const name = ["data-choice", "data-pick"].find((each) => root.contains(at) && at.hasAttribute(each))
  const value = name && at.getAttribute(name)
  root.replaceChildren(build(JSON.parse(tree)))
  if (!name) return
  const again = [...root.querySelectorAll(`[${name}]`)].find((e) => e.getAttribute(name) === value)
  again?.focus({ preventScroll: true })
}

// Clicks the button of a key that is pressed outside of any box to type in.
function press(root, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
  const within = "input, textarea, select, [contenteditable=true], [role=dialog]"
  if (event.composedPath().some((element) => element.matches?.(within))) return
  const key = event.key.toUpperCase()
  const button = [...root.querySelectorAll("[data-key]")].find((e) => e.getAttribute("data-key") === key)
  if (button) button.click()
}

// Where the links lead: a page, with the address's choices and those that the link names.
function aim(root) {
  for (const link of root.querySelectorAll("a[data-to]")) {
    const [page, own] = link.getAttribute("data-to").split("?")
    if (!/^[a-z]+$/.test(page)) continue
    const params = new URLSearchParams(location.search)
    params.delete("open")
    for (const [name, value] of new URLSearchParams(own)) {
      if (value) params.set(name, value)
      else params.delete(name)
    }
    link.href = `${page}?${params}`
  }
}

function view({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector(".view")
  if (!root) {
    root = document.createElement("div")
    root.className = "view"
    parentElement.append(root)
  }
  if (root.tree !== data.tree) {
    rebuild(root, data.tree)
    watch(root)
    root.tree = data.tree
    root.shown = ""
  }
  root.lang = data.language
  root.dataset.theme = data.theme
  mark(root, data.current)
  if (root.shown !== data.current) {
    const smooth = root.shown !== ""
    root.shown = data.current
    requestAnimationFrame(() => reveal(root, data.current, smooth))
  }
  aim(root)
  root.onpointerover = root.onfocusin = () => aim(root)
  root.onclick = (event) => {
    const link = event.target.closest("a[data-to]")
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault()
      setTriggerValue("picked", `to:${link.getAttribute("data-to")}`)
      return
    }
    const element = event.target.closest("[data-pick]")
    if (!element) return
    const key = element.getAttribute("data-pick")
    if (element.closest(".document, .figures")) {
      mark(root, key)
      root.shown = key
      reveal(root, key, true)
    }
    setTriggerValue("picked", key)
  }
  root.onchange = (event) => {
    const name = event.target.getAttribute("data-choice")
    if (name) setTriggerValue("picked", `${name}:${event.target.value}`)
  }
  root.keys?.abort()
  root.keys = new AbortController()
  if (root.querySelector("[data-key]")) {
    document.addEventListener("keydown", (event) => press(root, event), { signal: root.keys.signal })
  }
  return () => root.keys.abort()
}
