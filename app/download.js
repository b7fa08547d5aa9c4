// Says beside the download buttons that a file is being made, for how long and how far it has come;
// when one could not be made, asks for the reason: Streamlit itself shows only that it failed, for
// five seconds.

const SECONDS_BETWEEN = 2

export default function ({ data, parentElement, setTriggerValue }) {
  let line = parentElement.querySelector("p")
  if (!line) {
    line = document.createElement("p")
    line.setAttribute("role", "status")
    parentElement.append(line)
  }
  // This function is called anew with each answer: what it has to remember stays at the element.
  const seen = (parentElement.seen ??= { since: 0, asked: 0, reported: false, clock: 0 })
  const host = parentElement.getRootNode().host ?? parentElement
  const panel = host.closest('[data-testid="stPopoverBody"]') ?? document.body

  function said(seconds) {
    if (seconds < 2) return data.making
    // The first answer tells of this file; what came before may have told of another one.
    const known = data.known && seen.asked > seen.since
    return (known ? data.making_step : data.making_for).replace("{seconds}", seconds)
  }

  function look() {
    const making = panel.querySelector('[data-testid="stDownloadButton"] [data-testid="stSpinnerIcon"]')
    const now = Date.now()
    if (making) {
      seen.since ||= now
      line.textContent = said(Math.floor((now - seen.since) / 1000))
      if (data.asks && now - Math.max(seen.since, seen.asked) > SECONDS_BETWEEN * 1000) {
        seen.asked = now
        setTriggerValue("asked", now)
      }
    } else {
      seen.since = 0
      line.textContent = ""
    }
    const failed = panel.querySelector('[data-testid="stDownloadButtonError"]')
    if (failed && !seen.reported) setTriggerValue("failed", now)
    seen.reported = Boolean(failed)
  }

  clearInterval(seen.clock)
  seen.clock = setInterval(look, 500)
  look()
  return () => clearInterval(seen.clock)
}
