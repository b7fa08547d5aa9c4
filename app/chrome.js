// Puts Streamlit's own words (menu, tooltips, placeholders) into the language of the screen: they
// are English whatever the browser asks for. A text is replaced only where it is all of a node, and
// never where the words of a document may stand. Words with {names} match whatever stands there.
// Has the page drawn again when the browser changes between light and dark: Streamlit would recolour
// only what is its own; and when the window becomes a phone's, a laptop's or a projector's. The key D
// opens and closes the page's downloads: Streamlit ties keys to plain buttons alone.

const NAMES = ["aria-label", "title", "placeholder"]
const OTHERS = "[data-no-translate], [data-testid=stText], .js-plotly-plot"

let words = {}
let patterns = []
let observer
let again = () => {}
let fit = () => {}

const dark = matchMedia("(prefers-color-scheme: dark)")
dark.addEventListener("change", () => setTimeout(() => again(), 100))
// As in page.css.
const windows = [["phone", matchMedia("(max-width: 640px)")], ["projector", matchMedia("(min-width: 1700px)")]]
for (const [, query] of windows) query.addEventListener("change", () => fit())
const size = () => windows.find(([, query]) => query.matches)?.[0] ?? "desk"

document.addEventListener("keydown", (event) => {
  if (event.key.toUpperCase() !== "D" || event.ctrlKey || event.metaKey || event.altKey) return
  const within = "input, textarea, select, [contenteditable=true], [role=dialog], .deck"
  if (event.composedPath().some((element) => element.matches?.(within))) return
  document.querySelector("[class*=st-key-downloads_] button")?.click()
})

// ["Remove {item}", "移除{item}"] → what to look for, and what to write instead.
function pattern([from, to]) {
  const parts = from.split(/\{(\w+)\}/)
  const source = parts.map((part, i) => (i % 2 ? `(?<${part}>.+)` : part.replace(/[.*+?^$()|[\]\\/]/g, "\\$&")))
  return [new RegExp(`^${source.join("")}$`), to.replace(/\{(\w+)\}/g, "$<$1>")]
}

function translated(text) {
  if (Object.hasOwn(words, text)) return words[text]
  const found = patterns.find(([from]) => from.test(text))
  return found ? text.replace(...found) : null
}

function translateText(node) {
  const text = node.textContent.trim()
  if (!text || node.parentElement?.closest(OTHERS)) return
  const instead = translated(text)
  if (instead !== null) node.textContent = node.textContent.replace(text, () => instead)
}

function translateNames(element) {
  for (const name of NAMES) {
    const text = element.getAttribute(name)?.trim()
    const instead = text && translated(text)
    if (instead) element.setAttribute(name, instead)
  }
}

function translate(node) {
  if (node.nodeType === Node.TEXT_NODE) return translateText(node)
  if (node.nodeType !== Node.ELEMENT_NODE || node.closest(OTHERS)) return
  translateNames(node)
  for (const child of node.childNodes) translate(child)
}

export default function ({ data, setStateValue, setTriggerValue }) {
  fit = () => setStateValue("window", size())
  if (data.window !== size()) fit()
  again = () => setTriggerValue("recoloured", dark.matches)
  document.documentElement.lang = data.language
  const pairs = JSON.parse(data.words)
  words = Object.fromEntries(pairs)
  patterns = pairs.filter(([from]) => from.includes("{")).map(pattern)
  if (observer) observer.disconnect()
  observer = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translate)
      else if (change.type === "attributes") translateNames(change.target)
      else translate(change.target)
    }
  })
  translate(document.body)
  observer.observe(document.body, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: NAMES,
  })
}
