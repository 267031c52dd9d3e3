// The table of tutees: rows of text, a line for the last weeks, and a link to each tutee's timeline.
// Every text is set as text, never as markup. A plain click opens in place; any other click is the browser's.

const SVG = "http://www.w3.org/2000/svg";
const WIDE = 96, HIGH = 32, EDGE = 3;

export default function ({ data, parentElement, setTriggerValue }) {
  const table = make("table", { role: "table", "aria-label": data.label });
  const head = table.createTHead();
  head.setAttribute("role", "rowgroup");
  const titles = head.insertRow();
  titles.setAttribute("role", "row");
  for (const column of data.columns) {
    const cell = make("th", { scope: "col", role: "columnheader" }, column.title);
    if (column.help) cell.title = column.help;
    titles.append(cell);
  }
  const body = table.createTBody();
  body.setAttribute("role", "rowgroup");
  for (const row of data.rows) body.append(line(row, data, setTriggerValue));
  parentElement.querySelector("#tutees").replaceChildren(table);
}

function line(row, data, setTriggerValue) {
  const open = (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    setTriggerValue("opened", row.id);
  };
  const tr = make("tr", { role: "row" });
  data.columns.forEach((column, n) => {
    const cell = make(n ? "td" : "th", n ? { role: "cell" } : { scope: "row", role: "rowheader" });
    cell.dataset.title = column.title;
    cell.dataset.kind = column.kind;
    if (column.kind === "line") cell.append(sparkline(row.cells[n]));
    else if (column.kind === "word") cell.append(...row.cells[n].map((text) => make("b", {}, text)));
    else cell.append(...texts(row.cells[n]));
    tr.append(cell);
  });
  const link = make("a", { href: `${data.address}?student=${encodeURIComponent(row.id)}` });
  const first = tr.firstChild.firstChild;
  first.replaceWith(link);
  link.append(first);
  tr.onclick = (event) => {
    if (!getSelection().toString()) open(event);
  };
  return tr;
}

function texts(cell) {
  const [first, second] = [].concat(cell);
  return second ? [make("span", {}, first), make("small", {}, second)] : [make("span", {}, first)];
}

// Scores from 0 to 100, one a week; a week without one leaves a hole.
function sparkline(cell) {
  const svg = document.createElementNS(SVG, "svg");
  const shape = (name, values) => {
    const drawn = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(values)) drawn.setAttribute(key, value);
    svg.append(drawn);
  };
  const x = (n) => EDGE + (n * (WIDE - 2 * EDGE)) / (cell.scores.length - 1);
  const y = (score) => HIGH - EDGE - (score * (HIGH - 2 * EDGE)) / 100;
  svg.setAttribute("viewBox", `0 0 ${WIDE} ${HIGH}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", cell.label);
  shape("line", { x1: 0, x2: WIDE, y1: HIGH - 1, y2: HIGH - 1, class: "ground" });
  cell.scores.forEach((score, n) => {
    if (score === null) return;
    const next = cell.scores[n + 1];
    if (next !== undefined && next !== null) shape("line", { x1: x(n), y1: y(score), x2: x(n + 1), y2: y(next) });
    shape("circle", { cx: x(n), cy: y(score), r: n === cell.scores.length - 1 ? 2.8 : 1.2 });
  });
  return svg;
}

function make(name, attributes, text) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}
