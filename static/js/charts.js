// Each chart is a picture of the table beside it: its numbers are read from there, and the page is whole without it.
const dark = matchMedia("(prefers-color-scheme: dark)");
const drawn = new Map();

function drawAll() {
  for (const figure of document.querySelectorAll("[data-chart]")) {
    drawn.get(figure)?.destroy();
    drawn.set(figure, draw(figure));
  }
}

function draw(figure) {
  const table = document.getElementById(figure.dataset.table);
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const names = rows.map((row) => row.cells[0].textContent);
  const series = heads.flatMap((head, place) => (head.dataset.series ? [{ head, place, kind: head.dataset.series }] : []));
  const numbers = ({ place }) => rows.map((row) => Number(row.cells[place].dataset.value ?? 0));
  const datasets = series.map((one) => ({ label: one.head.textContent, data: numbers(one), backgroundColor: ink(one.kind), maxBarThickness: 40 }));
  const late = series.findIndex((one) => one.kind === "late");
  if (late > 0) lateComesFirst(datasets, late);
  return new Chart(canvasOf(figure, names.length), {
    type: "bar",
    data: { labels: figure.dataset.chart === "columns" ? names.map(shortened) : names, datasets },
    options: options(figure.dataset.chart === "bars", late > 0),
  });
}

// What is late is the first part of what waits: the rest of the bar is what is not.
function lateComesFirst(datasets, late) {
  const [part] = datasets.splice(late, 1);
  const whole = datasets[late - 1];
  whole.data = whole.data.map((number, place) => Math.max(number - part.data[place], 0));
  datasets.splice(late - 1, 0, part);
}

function canvasOf(figure, count) {
  figure.hidden = false;
  const picture = figure.querySelector(".chart__picture");
  picture.style.height = figure.dataset.chart === "bars" ? `${count * 3.25 + 2.5}rem` : "17rem";
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", figure.dataset.label);
  picture.replaceChildren(canvas);
  return canvas;
}

function options(lying, stacked) {
  const text = colour("--ink");
  const font = { family: getComputedStyle(document.body).fontFamily, size: 14 };
  const numbers = { beginAtZero: true, stacked, grid: { color: colour("--line") }, border: { display: false }, ticks: { color: text, font, precision: 0, maxTicksLimit: 5 } };
  const things = { stacked, grid: { display: false }, border: { color: colour("--line") }, ticks: { color: text, font, autoSkip: false } };
  return {
    indexAxis: lying ? "y" : "x",
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    scales: { x: lying ? numbers : { ...things, ticks: { ...things.ticks, autoSkip: true, maxRotation: 0 } }, y: lying ? { ...things, ticks: { ...things.ticks, callback: wrapped } } : numbers },
    plugins: { legend: { display: false }, tooltip: { bodyFont: font, titleFont: font } },
  };
}

// A long name stands in two lines, so that the bars keep their room.
function wrapped(value) {
  const words = this.getLabelForValue(value).split(" ");
  const lines = [""];
  for (const word of words) {
    if (lines.at(-1) && `${lines.at(-1)} ${word}`.length > 18) lines.push("");
    lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
  }
  return lines.slice(0, 2);
}

function shortened(name) {
  return name.split(" ")[0].slice(0, 3);
}

function ink(kind) {
  if (kind === "first") return colour("--water");
  if (kind === "second") return colour("--turmeric");
  return stripes(colour("--clay"), colour("--paper"));
}

// Late is striped as well as red, so that it is seen in grey.
function stripes(ground, line) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = tile.getContext("2d");
  pen.fillStyle = ground;
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = line;
  pen.globalAlpha = 0.45;
  pen.lineWidth = 2;
  for (const start of [-8, 0, 8]) {
    pen.beginPath();
    pen.moveTo(start, 8);
    pen.lineTo(start + 8, 0);
    pen.stroke();
  }
  return pen.createPattern(tile, "repeat");
}

function colour(token) {
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

drawAll();
dark.addEventListener("change", drawAll);
document.fonts?.ready.then(drawAll);
