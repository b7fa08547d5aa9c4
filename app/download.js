// Says beside the download buttons that a file is being made and for how long; when one could not be
// made, asks for the reason: Streamlit itself shows only that it failed, for five seconds.

export default function ({ data, parentElement, setTriggerValue }) {
  let line = parentElement.querySelector("p")
  if (!line) {
    line = document.createElement("p")
    line.setAttribute("role", "status")
    parentElement.append(line)
  }
  const host = parentElement.getRootNode().host ?? parentElement
  const panel = host.closest('[data-testid="stVerticalBlock"]') ?? document.body
  let since = 0
  let reported = false

  function look() {
    const making = panel.querySelector('[data-testid="stDownloadButton"] [data-testid="stSpinnerIcon"]')
    if (making) {
      since ||= Date.now()
      const seconds = Math.floor((Date.now() - since) / 1000)
      line.textContent = seconds < 2 ? data.making : data.making_for.replace("{seconds}", seconds)
    } else {
      since = 0
      line.textContent = ""
    }
    const failed = panel.querySelector('[data-testid="stDownloadButtonError"]')
    if (failed && !reported) setTriggerValue("failed", Date.now())
    reported = Boolean(failed)
  }

  const clock = setInterval(look, 500)
  return () => clearInterval(clock)
}
