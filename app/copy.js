// A button that copies the address of this page, which has every parameter of the selection.

async function copy(address) {
  try {
    await navigator.clipboard.writeText(address)
    return true
  } catch {
    // An intranet address without https has no clipboard interface.
    const field = document.createElement("textarea")
    field.value = address
    document.body.append(field)
    field.select()
    const copied = document.execCommand("copy")
    field.remove()
    return copied
  }
}

export default function ({ data, parentElement }) {
  let button = parentElement.querySelector("button")
  if (!button) {
    button = document.createElement("button")
    button.type = "button"
    parentElement.append(button)
  }
  button.textContent = data.label
  button.title = data.help
  button.onclick = async () => {
    button.textContent = (await copy(location.href)) ? data.done : data.failed
    setTimeout(() => { button.textContent = data.label }, 2500)
  }
}
