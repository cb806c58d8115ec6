// Plots of what was decided, by uPlot (a script of the document).
import { html } from '../../webjars/lit-html/lit-html.js';
import { count } from './format.js';
import { T } from './texts.js';

const POINTS = 180;
/** Steps of the axis of counts: no half records. */
const WHOLE = [1, 10, 100, 1_000, 10_000, 100_000].flatMap((size) => [size, 2 * size, 5 * size]);
/** Half of a label of the axis: closer to the end of the plot it would be cut. */
const HALF_LABEL = 18;

/** What was decided, and how much of it failed: names of points() with their colours. */
export const LINES = [['decided', 'accent'], ['failed', 'bad']];

/** What the colours of lines mean. */
export const legend = (lines) => html`<ul class="legend">${lines.map(([name, tone]) => html`<li class=${tone}>${T.plot[name]}</li>`)}</ul>`;

/** Rows of a history as points of equal width, from `minutes` ago until now. */
export function points(rows, minutes, now = Date.now()) {
  const width = Math.max(1, Math.ceil(minutes / POINTS));
  const last = Math.floor(now / 60_000);
  const first = last - minutes + 1;
  const size = Math.ceil(minutes / width);
  const decided = new Array(size).fill(0);
  const bad = new Array(size).fill(0);
  for (const row of rows) {
    const at = Math.floor((new Date(row.minute) / 60_000 - first) / width);
    if (at >= 0 && at < size) {
      decided[at] += row.items;
      if (row.outcome === 'failed') {
        bad[at] += row.items;
      }
    }
  }
  // The present minute is not over: its number would look like a fall.
  if (width === 1 && now > Date.now() - 60_000 && decided.filter((items) => items > 0).length > 1) {
    decided.pop();
    bad.pop();
  }
  return {
    times: decided.map((_, i) => (first + i * width) * 60),
    decided: decided.map((items) => items / width),
    failed: bad.map((items) => items / width),
    success: decided.map((items, i) => (items === 0 ? null : (100 * (items - bad[i])) / items)),
    isEmpty: decided.every((items) => items === 0),
  };
}

/** A colour of the stylesheet as the canvas needs it. */
function colour(box, name) {
  const probe = document.createElement('i');
  probe.style.color = `var(--${name})`;
  box.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

const clear = (rgb, alpha) => rgb.replace(/^rgba?\(([^)]+)\)$/, (_, parts) => `rgba(${parts.split(',').slice(0, 3).join(',')}, ${alpha})`);

/**
 * A plot in a box: `lines` are names of points() with their colours. It follows the size of the box
 * and the scheme. Returns what shows new points.
 */
export function plot(box, lines, { percent = false } = {}) {
  // The last is drawn first: where nothing failed, the line of what was decided is on top.
  const drawn = lines.toReversed();
  const rows = () => [data.times, ...drawn.map(([name]) => data[name])];
  let chart = null;
  let data = null;

  const size = () => ({ width: Math.max(200, box.clientWidth), height: box.clientHeight });
  const make = () => {
    chart?.destroy();
    const dim = colour(box, 'dim');
    const grid = { stroke: colour(box, 'line'), width: 1 };
    const axis = { stroke: dim, grid, ticks: { show: false }, font: '11px system-ui, sans-serif' };
    chart = new uPlot(
      {
        ...size(),
        padding: [10, 4, 0, 0],
        legend: { show: false },
        cursor: { points: { size: 6 }, y: false, drag: { x: false } },
        scales: { y: percent ? { range: [0, 100] } : { range: (_, low, high) => [0, Math.max(4, high * 1.1)] } },
        axes: [
          { ...axis, size: 26, gap: 8, grid: { show: false }, values: (u, ticks) => ticks.map((tick) => clock(tick, u, data)) },
          { ...axis, size: 46, ...(percent ? {} : { incrs: WHOLE }), values: (_, ticks) => ticks.map((tick) => (percent ? `${tick}%` : count(tick))) },
        ],
        series: [
          {},
          ...drawn.map(([name, tone]) => {
            const stroke = colour(box, tone);
            return { label: T.plot[name], stroke, width: 1.5, fill: clear(stroke, 0.12), points: percent ? { show: true, size: 4, fill: stroke, width: 0 } : { show: false }, spanGaps: false };
          }),
        ],
        hooks: { setCursor: [(u) => tip(box, u, lines, percent)] },
      },
      rows(),
      box,
    );
    chart.root.setAttribute('aria-hidden', 'true');
  };
  new ResizeObserver(() => chart?.setSize(size())).observe(box);
  document.addEventListener('burnish-scheme', () => chart && make());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => chart && make());
  return (next) => {
    data = next;
    if (chart) {
      chart.setData(rows());
    } else {
      make();
    }
  };
}

/** A label of the axis of time; none where it would be cut. */
function clock(seconds, chart, data) {
  if (chart.valToPos(seconds, 'x') > chart.over.clientWidth - HALF_LABEL) {
    return '';
  }
  const at = new Date(seconds * 1_000);
  const isLong = data.times.at(-1) - data.times[0] > 2 * 86_400;
  return isLong
    ? at.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric' })
    : at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

function tip(box, chart, lines, percent) {
  let label = box.querySelector('.tip');
  if (!label) {
    label = document.createElement('div');
    label.className = 'tip num';
    box.append(label);
  }
  const at = chart.cursor.idx;
  if (at === null || at === undefined) {
    label.textContent = '';
    return;
  }
  const time = new Date(chart.data[0][at] * 1_000).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const values = lines.map(([name], i) => {
    const value = chart.data[lines.length - i][at];
    return value === null ? '' : `${T.plot[name]} ${percent ? `${Math.floor(value * 10) / 10}%` : count(Math.round(value * 10) / 10)}`;
  });
  label.textContent = [time, ...values.filter(Boolean)].join('  ·  ');
}
