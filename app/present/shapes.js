// Shapes and words as SVG: what the charts of slides (draw.js) and the small ones of 多指标 (panels.js) are made of.

const SVG = "http://www.w3.org/2000/svg"
const pen = document.createElement("canvas").getContext("2d")

function shape(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  if (text !== undefined) element.textContent = text
  return element
}

function widthOf(text, size, family) {
  pen.font = `${size}px ${family}`
  return pen.measureText(text).width
}

function fitted(text, size, family, room) {
  if (widthOf(text, size, family) <= room) return text
  let end = text.length
  while (end > 1 && widthOf(text.slice(0, end) + "…", size, family) > room) end -= 1
  return text.slice(0, end) + "…"
}

// The corners of a regular figure, from the top; distances from its middle take turns.
function around(count, distances) {
  return Array.from({ length: count }, (_, n) => {
    const [angle, far] = [(2 * Math.PI * n) / count, distances[n % distances.length]]
    return [far * Math.sin(angle), -far * Math.cos(angle)]
  })
}

function marker(symbol, x, y, r, attributes) {
  const corners = {
    square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
    diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
    "triangle-up": [[0, -1.15], [1.1, 0.85], [-1.1, 0.85]],
    "triangle-down": [[0, 1.15], [1.1, -0.85], [-1.1, -0.85]],
    pentagon: around(5, [1.15]), hexagon: around(6, [1.1]), star: around(10, [1.35, 0.6]),
  }[symbol]
  if (!corners) return shape("circle", { cx: x, cy: y, r, ...attributes })
  const points = corners.map(([dx, dy]) => `${x + dx * r},${y + dy * r}`).join(" ")
  return shape("polygon", { points, ...attributes })
}

// The next of 1, 2, 2.5, 5 × 10ⁿ that reaches `top` in at most four steps.
function step(top) {
  const power = 10 ** Math.floor(Math.log10(top / 4 || 1))
  return [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n * 4 >= top) ?? power * 10
}
