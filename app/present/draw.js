// Draws the numbers of a slide to the pixel of the room they have: rows (bars, dots, two years of an
// area as a dumbbell), or lines with gaps.
// A missing figure is a word in a lane of its own, never a bar of height 0; nothing joins across a gap.

// Labels of one column, none over another: each goes down as far as the one above it asks.
function apart(wanted, distance, low, high) {
  const order = wanted.map((y, n) => [y, n]).sort((a, b) => a[0] - b[0])
  const placed = []
  let edge = low - distance
  for (const [y, n] of order) {
    edge = Math.max(y, edge + distance)
    placed[n] = edge
  }
  let over = edge - high
  for (const [, n] of over > 0 ? order.reverse() : []) {
    if (placed[n] > high) placed[n] = high
    high = placed[n] - distance
  }
  return placed
}

// What a row or a column of it says: the marks with a value, the words at them, what is missing.
function told(chart, series) {
  if (series.pair) return [{ marks: series.points.filter((p) => p.value !== null), label: series.pair[0], absent: series.pair[1] }]
  return series.points.map((point) => point.value === null
    ? { marks: [], label: "", absent: point.label } : { marks: [point], label: point.label, absent: "" })
}

function rows(svg, chart, theme, look) {
  const { width, height, size, family, ink, muted, lane } = look
  const headings = chart.key ? [chart.key] : chart.categories.length > 1 ? chart.categories : [""]
  const head = headings[0] ? size * 1.6 : 0
  const count = chart.series.length
  const row = Math.max(size * 1.12, Math.min(size * 3.2, (height - head) / Math.max(1, count)))
  const top = head + Math.max(0, (height - head - row * count) / 2)
  const longest = Math.max(...chart.series.map((s) => widthOf(s.label, size, family)))
  const names = Math.min(longest + size * 1.8, width * 0.45)
  const column = (width - names) / headings.length
  const cells = chart.series.map((series) => told(chart, series))
  const values = cells.flat().flatMap((cell) => cell.marks.map((point) => point.value))
  const most = Math.max(0, ...values) - chart.start || 1
  const widest = (key) => Math.max(0, ...cells.flat().map((cell) => widthOf(cell[key], size, family)))
  const room = widest("absent") ? widest("absent") + size : 0
  const reach = Math.max(size, column - room - widest("label") - size * 1.4)
  headings.forEach((heading, c) => {
    const left = names + column * c
    if (heading) svg.append(shape("text", { x: left + room, y: size * 1.1, fill: chart.key ? muted : ink,
      "font-weight": chart.key ? 400 : 700 }, heading))
    if (room) svg.append(shape("rect", { x: left, y: top, width: room, height: row * count, fill: lane }))
    svg.append(shape("line", { x1: left + room, x2: left + room, y1: top, y2: top + row * count, stroke: muted }))
  })
  chart.series.forEach((series, n) => {
    const group = shape("g", { "data-area": series.area })
    const color = series.color[theme]
    const middle = top + row * (n + 0.5)
    group.append(marker(series.symbol, size * 0.6, middle, size * 0.32, { fill: color }))
    group.append(shape("text", { x: size * 1.3, y: middle, fill: ink, "dominant-baseline": "central" },
      fitted(series.label, size, family, names - size * 1.6)))
    cells[n].forEach((cell, c) => {
      const zero = names + column * c + room
      if (cell.absent) group.append(shape("text", { x: zero - room / 2, y: middle, fill: muted, "text-anchor": "middle",
        "dominant-baseline": "central" }, cell.absent))
      if (!cell.marks.length) return
      const ends = cell.marks.map((point) => zero + ((point.value - chart.start) / most) * reach)
      if (ends.length > 1) group.append(shape("line", { x1: ends[0], x2: ends[1], y1: middle, y2: middle,
        stroke: color, "stroke-opacity": 0.45, "stroke-width": 8 }))
      cell.marks.forEach((point, m) => {
        if (chart.kind === "dots" || series.pair) {
          if (!series.pair) group.append(shape("line", { x1: zero, x2: ends[m], y1: middle, y2: middle, stroke: look.faint, "stroke-width": 3 }))
          const large = !series.pair || point === series.points[1]
          group.append(marker(series.symbol, ends[m], middle, size * (large ? 0.42 : 0.26),
            point.exact ? { fill: color } : { fill: look.paper, stroke: color, "stroke-width": 4 }))
          return
        }
        const thick = Math.min(row * 0.62, size * 1.7)
        group.append(shape("rect", { x: zero, y: middle - thick / 2, width: Math.max(1, ends[m] - zero), height: thick,
          fill: color, "fill-opacity": point.exact ? 1 : 0.45, stroke: color,
          "stroke-dasharray": point.exact ? "" : "6 4", "stroke-width": 2 }))
      })
      group.append(shape("text", { x: Math.max(...ends) + size * (chart.kind === "bars" ? 0.4 : 0.7), y: middle, fill: ink,
        "font-weight": 700, "dominant-baseline": "central" }, cell.label))
    })
    svg.append(group)
  })
}

function lines(svg, chart, theme, look) {
  const { width, height, size, family, ink, muted, faint, lane } = look
  const points = chart.series.flatMap((s) => s.points)
  const { start } = chart
  const most = Math.max(0, ...points.map((p) => p.value ?? 0)) - start || 1
  const unit = step(most * 1.08)
  const ticks = Array.from({ length: 5 }, (_, n) => n * unit).filter((t) => t - unit < most).map((t) => start + t)
  const top = ticks.at(-1)
  const written = (tick) => tick.toLocaleString("en-US", { maximumFractionDigits: 2 })
  const left = Math.max(...ticks.map((t) => widthOf(written(t), size, family))) + size * 0.6
  const names = Math.min(width * 0.22, Math.max(...chart.series.map((s) => widthOf(s.label, size, family))) + size)
  const absent = chart.series.filter((s) => s.points.some((p) => p.value === null))
  const strip = absent.length ? size * 1.5 : 0
  const bottom = height - size * 1.7 - strip
  const high = size * 1.6
  const x = (c) => left + (width - left - names) * ((c + 0.5) / chart.categories.length)
  const y = (value) => bottom - (bottom - high) * ((value - start) / (top - start))
  for (const tick of ticks) {
    svg.append(shape("line", { x1: left, x2: width - names, y1: y(tick), y2: y(tick), stroke: tick > start ? faint : muted }))
    svg.append(shape("text", { x: left - size * 0.4, y: y(tick), fill: muted, "text-anchor": "end",
      "dominant-baseline": "central" }, written(tick)))
  }
  // Every year where they have room, else every second or third, the last one always.
  const last = chart.categories.length - 1
  const every = Math.ceil((1.15 * Math.max(...chart.categories.map((c) => widthOf(c, size, family)))) / (x(1) - x(0)))
  chart.categories.forEach((category, c) => {
    if ((last - c) % every === 0) svg.append(shape("text", { x: x(c), y: bottom + size * 1.3,
      fill: ink, "text-anchor": "middle" }, category))
  })
  if (strip) svg.append(shape("rect", { x: left, y: height - strip + 4, width: width - left - names, height: strip - 4, fill: lane }))
  const labels = chart.categories.map((_, c) => apart(
    chart.series.filter((s) => s.points[c].value !== null).map((s) => y(s.points[c].value) - size * 0.85),
    size * 1.05, size * 0.6, bottom - size * 0.5))
  const ends = chart.series.map((s) => s.points.findLastIndex((p) => p.value !== null))
  const shown = chart.series.map((_, n) => n).filter((n) => ends[n] >= 0)
  const nameY = apart(shown.map((n) => y(chart.series[n].points[ends[n]].value)), size * 1.1, size * 0.6, bottom)
  // Labels of one area that all together would have no room: seen while the area is stressed.
  const own = (at, high, text, fill) => shape("text", { class: "own", x: at, y: high, fill, "text-anchor": "middle",
    "dominant-baseline": "central", "paint-order": "stroke", stroke: look.paper, "stroke-width": 6, "font-weight": 700 }, text)
  // Where the marks of the missing ones would cover each other, their number stands instead.
  const roomy = Math.floor((width - left - names) / chart.categories.length / (size * 1.7))
  chart.categories.forEach((_, c) => {
    const count = absent.filter((s) => s.points[c].value === null).length
    if (count > roomy) svg.append(shape("text", { class: "count", x: x(c), y: height - strip / 2 + 2, fill: muted,
      "text-anchor": "middle", "dominant-baseline": "central" }, look.absent.replace("{count}", count)))
  })
  chart.series.forEach((series, n) => {
    const group = shape("g", { "data-area": series.area })
    const color = series.color[theme]
    series.points.forEach((point, c) => {
      const next = series.points[c + 1]
      if (point.value === null) {
        const among = absent.filter((s) => s.points[c].value === null)
        if (among.length > roomy) {
          group.append(own(x(c), height - strip / 2 + 2, widthOf(point.label, size, family) < x(1) - x(0) ? point.label : point.glyph, muted))
          return
        }
        const shift = (among.indexOf(series) - (among.length - 1) / 2) * size * 1.7
        const row = height - strip / 2 + 2
        group.append(marker(series.symbol, x(c) + shift - size * 0.35, row, size * 0.26, { fill: color }))
        group.append(shape("text", { x: x(c) + shift + size * 0.1, y: row, fill: muted, "dominant-baseline": "central" }, point.glyph))
        return
      }
      if (next && next.value !== null) group.append(shape("line", { x1: x(c), y1: y(point.value),
        x2: x(c + 1), y2: y(next.value), stroke: color, "stroke-width": 4 }))
    })
    series.points.forEach((point, c) => {
      if (point.value === null) return
      group.append(marker(series.symbol, x(c), y(point.value), size * 0.36,
        point.exact ? { fill: color } : { fill: look.paper, stroke: color, "stroke-width": 4 }))
      if (!chart.labelled) {
        group.append(own(x(c), y(point.value) - size * 0.85, point.label, ink))
        return
      }
      const place = chart.series.slice(0, n).filter((s) => s.points[c].value !== null).length
      group.append(shape("text", { x: x(c), y: labels[c][place], fill: ink, "text-anchor": "middle",
        "dominant-baseline": "central", "paint-order": "stroke", stroke: look.paper, "stroke-width": 6 }, point.label))
    })
    if (ends[n] >= 0) group.append(shape("text", { x: width - names + size * 0.5, y: nameY[shown.indexOf(n)],
      fill: color, "font-weight": 700, "dominant-baseline": "central" },
      fitted(series.label, size, family, names - size * 0.6)))
    svg.append(group)
  })
}

// Draws `chart` into `box`, which gives the size, and keeps it drawn while the window changes.
function draw(box, chart, label, theme, absent) {
  const style = getComputedStyle(box)
  const color = (name) => style.getPropertyValue(`--${name}`).trim()
  const [width, height] = [box.clientWidth, box.clientHeight]
  if (!width || !height) return
  const look = {
    width, height, absent, size: parseFloat(style.fontSize), family: style.fontFamily,
    ink: color("ink"), muted: color("muted"), faint: color("faint"), lane: color("wash"), paper: color("paper"),
  }
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label,
    "font-size": look.size, "font-family": look.family })
  const shown = chart.across ? lines : rows
  shown(svg, chart, theme, look)
  box.replaceChildren(svg)
}
