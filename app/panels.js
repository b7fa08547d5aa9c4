// Draws the small charts of 多指标 (app/charts/panel.py) as SVG, where the element tree (view.js) has a place
// for each: the few words of Plotly that they use. Says what a mark is beneath the mouse, reports a click on
// it, and saves a chart as an image that has its name, unit, years and source in it.

const NEAR = 20
const [IMAGE_WIDTH, IMAGE_EDGE, IMAGE_SCALE] = [640, 24, 3]
const CAMERA = "M3 7h4l2-3h6l2 3h4v13H3zM12 9.2a4 4 0 1 0 0 8 4 4 0 0 0 0-8z"

// Texts were escaped for Plotly, which reads a little HTML; here they are only text.
function plain(text) {
  return text.replaceAll("<br>", "\n").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&")
}

function each(value, n) {
  return Array.isArray(value) ? value[n] : value
}

// The room of the plot in a chart of this width, and where a value stands in it.
function ground(layout, width) {
  const { l, r, t, b } = layout.margin
  const [left, right, top, bottom] = [l, width - r, t, layout.height - b]
  const along = (range, from, to) => (value) => from + ((value - range[0]) / (range[1] - range[0])) * (to - from)
  const axis = (name) => {
    const { range, domain = [0, 1] } = layout[name]
    return along(range, bottom - domain[0] * (bottom - top), bottom - domain[1] * (bottom - top))
  }
  return { left, right, top, bottom, x: along(layout.xaxis.range, left, right), y: axis("yaxis"),
    y2: layout.yaxis2 && axis("yaxis2") }
}

function furniture(svg, layout, at) {
  const { xaxis, yaxis } = layout
  for (const { x0, x1, y0, y1, fillcolor } of layout.shapes ?? []) {
    svg.append(shape("rect", { x: at.left + x0 * (at.right - at.left), width: (x1 - x0) * (at.right - at.left),
      y: at.bottom - y1 * (at.bottom - at.top), height: (y1 - y0) * (at.bottom - at.top), fill: fillcolor }))
  }
  const [start, end] = yaxis.range
  const unit = step(end - start)
  for (let tick = Math.ceil(start / unit) * unit; tick <= end + unit / 1e6; tick += unit) {
    svg.append(shape("line", { x1: at.left, x2: at.right, y1: at.y(tick), y2: at.y(tick),
      stroke: tick ? yaxis.gridcolor : yaxis.zerolinecolor, "stroke-width": tick ? 1 : 2 }))
    svg.append(shape("text", { x: at.left - 5, y: at.y(tick), "text-anchor": "end", "dominant-baseline": "central",
      fill: yaxis.tickfont.color, "font-size": yaxis.tickfont.size },
    tick.toLocaleString("en-US", { maximumFractionDigits: 2 })))
  }
  xaxis.tickvals.forEach((year, n) => {
    svg.append(shape("text", { x: at.x(year), y: at.bottom + xaxis.ticklen + xaxis.tickfont.size, "text-anchor": "middle",
      fill: layout.font.color, "font-size": xaxis.tickfont.size }, xaxis.ticktext[n]))
  })
}

// The points of a trace in runs, parted where there is no value.
function runs(points) {
  const found = [[]]
  for (const point of points) {
    if (point.y === null) found.push([])
    else found.at(-1).push(point)
  }
  return found.filter((run) => run.length)
}

function said(trace, n) {
  if (trace.hoverinfo === "skip") return ""
  if (trace.hovertext) return plain(each(trace.hovertext, n))
  return plain((trace.hovertemplate ?? "").replace("<extra></extra>", "")
    .replace(/%\{(\w+)\}/g, (_, name) => each(trace[name], n) ?? ""))
}

// Draws a trace; returns its marks that say or lead to something.
function trace(svg, each_, layout, at) {
  const { mode, line, marker: look, fill, fillcolor } = each_
  const high = each_.yaxis === "y2" ? at.y2 : at.y
  const points = each_.x.map((x, n) => ({ n, x: x === null ? null : at.x(x), y: each_.y[n] === null ? null : high(each_.y[n]) }))
  for (const run of mode.includes("lines") ? runs(points) : []) {
    svg.append(shape("path", { d: "M" + run.map(({ x, y }) => `${x},${y}`).join("L") + (fill ? "Z" : ""),
      fill: fill ? fillcolor : "none", stroke: line.color, "stroke-width": line.width, "stroke-linejoin": "round" }))
  }
  if (fill) return []
  const marks = runs(points).flat()
  const invisible = look.color.startsWith("rgba")
  for (const { n, x, y } of marks) {
    const [symbol, hollow] = (each(look.symbol, n) ?? "circle").split("-open")
    if (!invisible) svg.append(marker(symbol, x, y, look.size / 2, { "stroke-width": look.line?.width ?? 0,
      stroke: look.color, fill: hollow === undefined ? look.color : layout.paper_bgcolor }))
    if (!mode.includes("text")) continue
    const above = each_.textposition === "top center"
    svg.append(shape("text", { x, y: above ? y - look.size / 2 - 5 : y, "text-anchor": "middle",
      "dominant-baseline": above ? "auto" : "central", fill: each_.textfont.color ?? layout.font.color,
      "font-size": each_.textfont.size }, plain(each_.text[n])))
  }
  return marks.map(({ n, x, y }) => ({ x, y, key: each_.customdata?.[n] ?? "", said: said(each_, n) }))
    .filter(({ key, said }) => key || said)
}

// The chart as wide as it is to be; returns it and its marks.
function chart({ data, layout }, width) {
  const svg = shape("svg", { viewBox: `0 0 ${width} ${layout.height}`, width, height: layout.height,
    "font-family": layout.font.family, "aria-hidden": "true" })
  const at = ground(layout, width)
  furniture(svg, layout, at)
  return { svg, marks: data.flatMap((one) => trace(svg, one, layout, at)) }
}

function nearest(marks, box, event) {
  const { left, top } = box.getBoundingClientRect()
  const far = ({ x, y }) => Math.hypot(x - event.clientX + left, y - event.clientY + top)
  return marks.filter((mark) => far(mark) < NEAR).sort((a, b) => far(a) - far(b))[0]
}

// What a mark says stands above it, or below where there is no room, and within the chart's width.
function tell(box, mark) {
  box.querySelector(".tip")?.remove()
  box.style.cursor = mark?.key ? "pointer" : ""
  if (!mark?.said) return
  const tip = document.createElement("div")
  tip.className = "tip"
  tip.textContent = mark.said
  box.append(tip)
  const left = Math.min(Math.max(0, mark.x - tip.offsetWidth / 2), box.clientWidth - tip.offsetWidth)
  const above = mark.y - tip.offsetHeight - 12
  tip.style.left = `${Math.max(0, left)}px`
  tip.style.top = `${above < -40 ? mark.y + 14 : above}px`
}

function place(box, drawing, pick) {
  const width = box.clientWidth
  if (!width || (box.drawing === drawing && box.drawn === width)) return
  const { svg, marks } = chart(drawing, width)
  box.drawing = drawing
  box.drawn = width
  box.replaceChildren(svg)
  box.onmousemove = (event) => tell(box, nearest(marks, box, event))
  box.onmouseleave = () => tell(box)
  box.onclick = (event) => {
    const mark = nearest(marks, box, event)
    if (mark?.key) pick(mark.key)
  }
}

// A text in lines that fit the width, broken between words or, as Chinese is, between characters.
function broken(text, size, family, width) {
  const lines = [""]
  for (const part of text.match(/[\x21-\x7e]+\s?|./gsu) ?? []) {
    if (widthOf(lines.at(-1) + part.trimEnd(), size, family) > width) lines.push("")
    lines[lines.length - 1] += part
  }
  return lines
}

// The chart with what has to be known where it stands alone: above it the name, years and areas, below it
// what the marks mean and where the figures come from.
function picture(drawing) {
  const { layout, image } = drawing
  const { family, color } = layout.font
  const inner = IMAGE_WIDTH - 2 * IMAGE_EDGE
  const svg = shape("svg", { xmlns: SVG, "font-family": family })
  let at = IMAGE_EDGE
  const write = (text, size, fill, weight = 400) => {
    for (const line of broken(text, size, family, weight > 400 ? inner * 0.94 : inner)) {
      at += size * 1.4
      svg.append(shape("text", { x: IMAGE_EDGE, y: at - size * 0.3, "font-size": size, fill, "font-weight": weight }, line))
    }
  }
  write(image.title, 22, color, 700)
  write(image.scope, 15, image.muted)
  let left = IMAGE_EDGE
  at += image.key.length ? 26 : 8
  for (const { glyph, color: own, name } of image.key) {
    const wide = widthOf(`${glyph} ${name}`, 15, family)
    if (left + wide > IMAGE_WIDTH - IMAGE_EDGE && left > IMAGE_EDGE) [left, at] = [IMAGE_EDGE, at + 22]
    svg.append(shape("text", { x: left, y: at, "font-size": 15, fill: own }, glyph))
    svg.append(shape("text", { x: left + widthOf(`${glyph} `, 15, family), y: at, "font-size": 15, fill: color }, name))
    left += wide + 22
  }
  at += 10
  const plot = chart(drawing, inner).svg
  plot.setAttribute("x", IMAGE_EDGE)
  plot.setAttribute("y", at)
  svg.append(plot)
  at += layout.height + 4
  for (const note of image.notes) write(note, 13, image.muted)
  const height = Math.ceil(at + IMAGE_EDGE)
  svg.prepend(shape("rect", { width: IMAGE_WIDTH, height, fill: layout.paper_bgcolor }))
  for (const [name, value] of Object.entries({ width: IMAGE_WIDTH, height })) svg.setAttribute(name, value)
  return { svg, width: IMAGE_WIDTH, height }
}

async function save(drawing) {
  const { svg, width, height } = picture(drawing)
  const image = new Image()
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(svg))
  await image.decode()
  const canvas = document.createElement("canvas")
  canvas.width = width * IMAGE_SCALE
  canvas.height = height * IMAGE_SCALE
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height)
  const file = await new Promise((done) => canvas.toBlob(done, "image/png"))
  const link = document.createElement("a")
  link.href = URL.createObjectURL(file)
  link.download = `${drawing.image.file}.png`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

function imageButton(button, drawing) {
  if (!button.firstChild) {
    const icon = shape("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" })
    icon.append(shape("path", { d: CAMERA, "fill-rule": "evenodd", fill: "currentColor" }))
    button.append(icon)
  }
  button.onclick = () => save(drawing)
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const leave = view(component)
  const root = parentElement.querySelector(".view")
  if (root.written !== data.drawings) {
    root.written = data.drawings
    root.drawings = JSON.parse(data.drawings)
  }
  const drawAll = () => {
    for (const box of root.querySelectorAll("[data-drawing]")) {
      place(box, root.drawings[box.dataset.drawing], (key) => setTriggerValue("picked", key))
    }
  }
  for (const button of root.querySelectorAll("[data-image]")) {
    imageButton(button, root.drawings[button.dataset.image])
  }
  drawAll()
  const watch = new ResizeObserver(drawAll)
  watch.observe(root)
  return () => { leave(); watch.disconnect() }
}
