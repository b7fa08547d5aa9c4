// Puts Streamlit's own words (menu, tooltips, placeholders) into the language of the screen: they
// are English whatever the browser asks for. Texts are replaced only where they are all of a node.
// Has the page drawn again when the browser changes between light and dark: Streamlit would recolour
// only what is its own.

let words = {}
let observer
let again = () => {}

const dark = matchMedia("(prefers-color-scheme: dark)")
dark.addEventListener("change", () => setTimeout(() => again(), 100))

function translate(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = node.textContent.trim()
    if (Object.hasOwn(words, text)) node.textContent = node.textContent.replace(text, words[text])
    return
  }
  if (node.nodeType !== Node.ELEMENT_NODE || node.closest("[data-no-translate]")) return
  for (const name of ["aria-label", "title", "placeholder"]) {
    const text = node.getAttribute(name)?.trim()
    if (text && Object.hasOwn(words, text)) node.setAttribute(name, words[text])
  }
  for (const child of node.childNodes) translate(child)
}

export default function ({ data, setTriggerValue }) {
  again = () => setTriggerValue("recoloured", dark.matches)
  document.documentElement.lang = data.language
  words = data.words
  if (observer) observer.disconnect()
  observer = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translate)
      else translate(change.target)
    }
  })
  translate(document.body)
  observer.observe(document.body, {
    childList: true, subtree: true, characterData: true,
    attributes: true, attributeFilter: ["aria-label", "title", "placeholder"],
  })
}
