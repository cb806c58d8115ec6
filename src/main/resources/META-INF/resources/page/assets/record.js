// One record: its source with the words that prove each value, the result beside it, and each attempt.
import { html, nothing, render } from '../../webjars/lit-html/lit-html.js';
import { Problem, get } from './api.js';
import { ago, direction, foreign, milliseconds, money, visible } from './format.js';
import { curl, failed, itemChip, loading, waiting } from './parts.js';
import { T } from './texts.js';

const R = T.record;
const [, id, seqText] = location.pathname.match(/([^/]+)\/items\/(\d+)\/?$/);
const seq = Number(seqText);
const base = `jobs/${id}/items`;
const LONG = 2_000;
const AROUND = 240;
const EVERY = 3_000;
const OPEN = ['ready', 'running', 'waiting'];

const state = { item: null, job: null, failure: null, expanded: new Set(), hasNext: false };

const textOf = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
const isEqual = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The evidence about a field of the source, by its place, without what overlaps. */
function marksOf(field, item) {
  const found = Object.entries(item.evidence ?? {})
    .filter(([, evidence]) => evidence?.field === field)
    .map(([answered, evidence]) => ({ ...evidence, kind: 'proof', title: R.proves(answered, evidence.as) }));
  const refused = item.result
    ? []
    : item.attempts.flatMap((attempt) =>
        attempt.violations
          .filter((violation) => violation.evidence?.field === field)
          .map((violation) => ({ ...violation.evidence, kind: 'offence', title: violation.message })),
      );
  const marks = [...found, ...refused].sort((one, other) => one.start - other.start || other.end - one.end);
  return marks.filter((mark, i) => i === 0 || mark.start >= Math.max(...marks.slice(0, i).map(({ end }) => end)));
}

/** Pieces of the text that are shown: all of a short one; of a long one the start, and what is marked. */
function windows(text, marks) {
  if (text.length <= LONG) {
    return [[0, text.length]];
  }
  const wanted = [[0, AROUND * 2], ...marks.map(({ start, end }) => [Math.max(0, start - AROUND), Math.min(text.length, end + AROUND)])];
  const joined = [];
  for (const [from, to] of wanted.sort(([one], [other]) => one - other)) {
    const last = joined.at(-1);
    if (last && from <= last[1]) {
      last[1] = Math.max(last[1], to);
    } else {
      joined.push([from, to]);
    }
  }
  return joined;
}

function marked(text, marks, key, draw) {
  const isExpanded = state.expanded.has(key);
  const shown = isExpanded ? [[0, text.length]] : windows(text, marks);
  const pieces = [];
  for (const [from, to] of shown) {
    let at = from;
    if (from > 0) {
      pieces.push(html`<span class="dim"> … </span>`);
    }
    for (const mark of marks.filter(({ start, end }) => start >= from && end <= to)) {
      pieces.push(
        visible(text.slice(at, mark.start)),
        html`<mark class=${mark.kind} title=${mark.title}>${visible(text.slice(mark.start, mark.end))}</mark>`,
      );
      at = mark.end;
    }
    pieces.push(visible(text.slice(at, to)));
  }
  const isCut = shown.length !== 1 || shown[0][1] - shown[0][0] < text.length;
  if (text === '') {
    return html`<div class="value">${shownValue('')}</div>`;
  }
  return html`<div class="value" dir=${direction(text)}>${pieces}${isCut ? html`<span class="dim"> …</span>` : nothing}</div>
    ${isCut
      ? html`<button type="button" class="link small" @click=${() => (state.expanded.add(key), draw())}>${R.showAll(text.length)}</button>`
      : nothing}`;
}

function fieldsOf({ record, result }) {
  const names = [...Object.keys(record ?? {}), ...Object.keys(result ?? {})];
  const changes = (name) => Boolean(result) && !isEqual(record?.[name], result[name]);
  return [...new Set(names)].map((name) => ({ name, changed: changes(name) }));
}

/** What became of a value: a text may have become a list that has it alone, or a number. */
function change(before, after) {
  if (Array.isArray(after) && after.length === 1 && after[0] === before) {
    return R.nowAList;
  }
  return typeof after === 'number' && String(after) === before ? R.nowANumber : R.changed;
}

/** The parts of a value that are long enough to read: lists one by one. */
const shownValue = (value) =>
  value === '' ? html`<span class="nothing">${R.empty}</span>` : Array.isArray(value) ? (value.length === 0 ? '[]' : value.map((part) => html`<span class="part">${foreign(textOf(part))}</span>`)) : foreign(textOf(value));

export function start(main) {
  const row = ({ name, changed }, item) => {
    const { record, result } = item;
    const has = record !== null && Object.hasOwn(record, name);
    const marks = has ? marksOf(name, item) : [];
    const proofs = Object.entries(item.evidence ?? {}).filter(([answered]) => answered === name);
    const kind = !has ? 'added' : result && !Object.hasOwn(result, name) ? 'removed' : 'changed';
    return html`<tr class=${changed ? kind : ''}>
      <th scope="row"><code>${foreign(name)}</code></th>
      <td data-label=${R.source}>${has ? marked(textOf(record[name]), marks, name, draw) : html`<span class="dim">${T.none}</span>`}</td>
      <td data-label=${R.result}>
        ${!result
          ? nothing
          : !Object.hasOwn(result, name)
            ? html`<span class="dim same">${R.removed}</span>`
            : changed
              ? html`<div class="value" dir=${direction(textOf(result[name]))}><ins>${shownValue(result[name])}</ins></div>
                  <div class="tags" dir=${direction(textOf(result[name]))}>
                    <span class="tag">${kind === 'added' ? R.added : change(record[name], result[name])}</span>
                    ${proofs.map(([, evidence]) => html`<span class="tag proof">${foreign(evidence.text)} · ${evidence.as}</span>`)}
                  </div>`
              : html`<span class="dim same">${R.equal}</span>`}
      </td>
    </tr>`;
  };

  const table = (item) => {
    const fields = fieldsOf(item);
    return html`<table class="record ${item.result ? '' : 'half'}">
        <thead><tr><th scope="col">${R.field}</th><th scope="col">${R.source}</th><th scope="col">${R.result}</th></tr></thead>
        <tbody>${fields.map((field) => row(field, item))}</tbody>
      </table>
      <p class="dim small">${item.result ? R.legend : OPEN.includes(item.state) ? R.open : R.noResult}</p>`;
  };

  /** The fields of an answer that its violations are about. */
  const refusedFields = (attempt) => Object.keys(attempt.answer ?? {}).filter((name) => attempt.violations.some(({ code }) => code?.startsWith(name) || code?.endsWith(name)));

  const answer = (attempt) => {
    if (attempt.answer === null) {
      return html`<p class="dim">${attempt.verdict === 'accepted' ? R.acceptedAnswer : R.noAnswer}</p>`;
    }
    if (typeof attempt.answer !== 'object') {
      return html`<pre dir=${direction(String(attempt.answer))}>${visible(String(attempt.answer))}</pre>`;
    }
    const refused = refusedFields(attempt);
    return html`<dl class="pairs">
      ${Object.entries(attempt.answer).map(
        ([name, value]) => html`<dt><code>${foreign(name)}</code></dt>
          <dd dir=${direction(textOf(value))}>${refused.includes(name) ? html`<mark class="offence">${foreign(textOf(value))}</mark>` : shownValue(value)}</dd>`,
      )}
    </dl>`;
  };

  const attemptRow = (attempt) => html`<li class="attempt">
    <div class="attempt-head">
      <strong>${R.attempt(attempt.n)}</strong>
      ${attempt.verdict ? html`<span class="chip ${attempt.verdict}">${R.verdicts[attempt.verdict] ?? attempt.verdict}</span>` : html`<span class="chip">${attempt.outcome}</span>`}
      <span>${foreign(attempt.model)}</span>
      <span class="dim num">${R.tokens(attempt.tokens)} · ${milliseconds(attempt.latencyMs ?? 0)} · ${R.withOthers(attempt.records)} · ${money(attempt.cost)}</span>
      <span class="dim">${ago(attempt.at)}</span>
    </div>
    ${attempt.violations.map(
      (violation) => html`<p class="violation">${violation.code ? html`<code>${violation.code}</code> ` : nothing}${foreign(violation.message)}</p>`,
    )}
    ${answer(attempt)}
  </li>`;

  const steps = () => html`<nav class="buttons steps" aria-label=${R.title(seq)}>
    ${seq > 0
      ? html`<a class="button" rel="prev" href="page/jobs/${id}/items/${seq - 1}">← ${R.previous}</a>`
      : html`<span class="button disabled" aria-disabled="true">← ${R.previous}</span>`}
    ${state.hasNext
      ? html`<a class="button" rel="next" href="page/jobs/${id}/items/${seq + 1}">${R.next} →</a>`
      : html`<span class="button disabled" aria-disabled="true">${R.next} →</span>`}
  </nav>`;

  const draw = () => {
    const { item, job, failure } = state;
    render(
      html`<nav class="crumbs" aria-label=${T.job.of}>
          <a href="page/jobs">${T.job.of}</a> / <a href="page/jobs/${id}">${foreign(job?.name ?? T.job.unnamed)}</a>
        </nav>
        <div class="title">
          <div>
            <h1>${R.title(seq)} ${item ? itemChip(item.state) : nothing}</h1>
            ${item?.key ? html`<p class="dim">${R.key} ${foreign(item.key)}</p>` : nothing}
          </div>
          ${steps()}
        </div>
        ${item
          ? html`${item.waitingFor ? html`<p class="notice">${waiting(item.waitingFor)}</p>` : nothing}
              ${item.errors.length > 0
                ? html`<section class="notice bad" aria-labelledby="why">
                    <h2 id="why">${R.why} <code>${item.code}</code></h2>
                    <p>${foreign(item.errors[0])}</p>
                  </section>`
                : nothing}
              <section class="card record-card">${table(item)}</section>
              <section class="card" aria-labelledby="attempts">
                <header>
                  <h2 id="attempts">${R.attempts}</h2>
                  <span class="dim num">${R.tokens(item.tokens)} · ${money(item.cost)}</span>
                </header>
                ${item.attempts.length === 0 ? html`<p class="dim">${R.noAttempts}</p>` : html`<ol class="attempts">${item.attempts.map(attemptRow)}</ol>`}
              </section>
              ${curl(`${base}/${seq}`)}`
          : failure
            ? failed(failure, read)
            : loading(8)}`,
      main,
    );
  };

  const read = async () => {
    try {
      [state.item, state.job] = await Promise.all([get(`${base}/${seq}`), get(`jobs/${id}`)]);
      state.hasNext = seq + 1 < state.job.counts.total;
      state.failure = null;
    } catch (failure) {
      if (!(failure instanceof Problem)) {
        throw failure;
      }
      state.failure = failure;
    }
    document.title = `${R.title(seq)} · ${state.job?.name ?? T.name} · ${T.name}`;
    draw();
    if (state.item && OPEN.includes(state.item.state)) {
      setTimeout(readSeen, EVERY);
    }
  };

  /** Reads it now, or when the page is shown again. */
  const readSeen = () => {
    if (document.hidden) {
      document.addEventListener('visibilitychange', readSeen, { once: true });
    } else {
      read();
    }
  };

  draw();
  read();
}

