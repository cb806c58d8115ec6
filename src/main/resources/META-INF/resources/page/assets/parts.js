// Pieces that several views share.
import { html, nothing, render } from '../../webjars/lit-html/lit-html.js';
import { Problem, get } from './api.js';
import { ago, at, count, duration, foreign, secondsUntil, sentence, short } from './format.js';
import { T } from './texts.js';

export const page = document.querySelector('meta[name=burnish]').dataset;

const RANK = ['read', 'submit', 'admin'];

/** Whether the caller has a role, or one above it. The service checks it again. */
export const may = (role) => RANK.indexOf(page.role) >= RANK.indexOf(role);

const SEGMENTS = ['succeeded', 'failed', 'cancelled', 'running'];

/** The shares of a job's records in one bar. */
export function progress(counts, label) {
  const total = Math.max(1, counts.total);
  let x = 0;
  const parts = SEGMENTS.filter((name) => counts[name] > 0).map((name) => {
    const width = (100 * counts[name]) / total;
    const part = html`<svg x="${x}%" width="${width}%" height="100%" class="seg"><rect class=${name} width="100%" height="100%"></rect></svg>`;
    x += width;
    return part;
  });
  const done = (counts.succeeded + counts.failed + counts.cancelled) / total;
  return html`<svg
    class="bar"
    role="progressbar"
    aria-label=${label}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${Math.floor(100 * done)}
    aria-valuetext=${T.progressOf(counts)}
  >
    <title>${T.progressOf(counts)}</title>
    ${parts.map((part) => part)}
  </svg>`;
}

/** The state of a job, with its outcome once it has one. */
export function chip(job) {
  const word = job.outcome ?? (job.cancelRequestedAt && job.state !== 'cancelled' ? 'cancelling' : job.state);
  return html`<span class="chip ${word}">${T.states[word] ?? word}</span>`;
}

export const itemChip = (state) => html`<span class="chip ${state}">${T.itemStates[state] ?? state}</span>`;

/** Why something waits, and until when. */
export function waiting(wait) {
  return html`<span class="wait"
    >${T.waits[wait.reason] ?? wait.reason}${wait.until && secondsUntil(wait.until) > 0
      ? html` <span class="dim">· ${T.goesOn} ${ago(wait.until)}</span>`
      : nothing}</span
  >`;
}

/** Shares of a limit: below it no call fits, below it few do. */
const EMPTY = 0.01;
const LOW = 0.25;
const LIMITS = ['rpm', 'rpd', 'tpm', 'tpd'];

function gauge(name, limit) {
  if (!limit) {
    return html`<div class="gauge unknown">
      <span>${T.limits[name]}</span>
      <svg class="bar thin" aria-hidden="true"></svg>
      <span class="dim">${T.limitUnknown}</span>
    </div>`;
  }
  const share = Math.max(0, Math.min(1, limit.level / limit.limit));
  const seconds = secondsUntil(limit.fullAt);
  return html`<div class="gauge">
    <span>${T.limits[name]}</span>
    <svg class="bar thin" role="meter" aria-label=${T.limitLeft(name)} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(100 * share)}>
      <rect class=${share < EMPTY ? 'failed' : share < LOW ? 'low' : 'left'} width="${100 * share}%" height="100%"></rect>
    </svg>
    <span class="num" title="${count(limit.level)} / ${count(limit.limit)}">${short(limit.level)} <span class="dim">/ ${short(limit.limit)}</span></span>
    <div class="gauge-foot dim">
      <span>${T.learned[limit.learned] ?? limit.learned}</span>
      <span>${seconds > 1 ? at(limit.fullAt, T.fullIn(duration(seconds))) : T.full}</span>
    </div>
  </div>`;
}

/** A model with its four gauges. `more` follows below. */
export function modelCard(model, more = nothing) {
  const paused = model.state === 'paused';
  return html`<article class="card model" data-model=${model.model}>
    <header>
      ${more === nothing ? html`<h3>${foreign(model.model)}</h3>` : html`<h2>${foreign(model.model)}</h2>`}
      <span class="chip ${model.state}">${T.modelStates[model.state]}</span>
    </header>
    ${model.state === 'usable'
      ? nothing
      : html`<p class="reason ${more === nothing ? 'short' : ''}" title=${model.reason ?? ''}><span>${paused ? html`${T.goesOn} ${ago(model.pausedUntil)}` : nothing}
          ${model.reason ? html`${paused ? '· ' : nothing}${foreign(model.reason)}` : nothing}</span></p>`}
    ${model.pacing === 'unlimited'
      ? html`<p class="dim">${T.pacing.unlimited}</p>`
      : html`<div class="gauges">${LIMITS.map((name) => gauge(name, model.limits[name]))}</div>`}
    ${model.lastSwitch
      ? html`<p class="dim small clamped" title=${model.lastSwitch.cause}>${T.lastSwitch} ${ago(model.lastSwitch.at)}: ${foreign(model.lastSwitch.cause)}</p>`
      : nothing}
    ${more}
  </article>`;
}

/** A number with its name. */
export const figure = (name, value, note = nothing, kind = '') =>
  html`<div class="figure ${kind}"><dt>${name}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`;

/** Nothing is here, and what to do about it. */
export const empty = (title, text, action = nothing) =>
  html`<div class="empty"><p class="empty-title">${title}</p><p class="dim">${text}</p>${action}</div>`;

/** Something failed, and what to do about it. */
export function failed(failure, again = null) {
  if (!(failure instanceof Problem)) {
    throw failure;
  }
  const [title, text] = T.failures(failure.status, failure.message);
  return html`<div class="empty error" role="alert">
    <p class="empty-title">${title}</p>
    <p class="dim">${foreign(sentence(text))}</p>
    ${again ? html`<button type="button" @click=${again}>${T.again}</button>` : nothing}
  </div>`;
}

/** Bars in place of what is loading. */
export const loading = (lines = 4) =>
  html`<div class="loading" role="status"><span class="visually-hidden">${T.loading}</span>${Array.from(
      { length: lines },
      () => html`<div class="ghost"></div>`,
    )}</div>`;

function dialogOf(content, className = '') {
  const dialog = document.createElement('dialog');
  dialog.className = className;
  document.body.append(dialog);
  const closed = new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      const value = dialog.returnValue;
      dialog.remove();
      resolve(value);
    });
  });
  const draw = () => render(content(dialog, draw), dialog);
  draw();
  dialog.setAttribute('aria-labelledby', dialog.querySelector('h2').id);
  dialog.showModal();
  return closed;
}

/** A dialog. `content` gets the dialog and what draws it again; the promise has its return value. */
export const dialog = dialogOf;

/** Asks before a change; resolves to whether it was confirmed. `extra` is more of the form. */
export async function confirm({ title, text, action, danger = false, extra = nothing }) {
  const answer = await dialogOf(
    () => html`<form method="dialog">
      <h2 id="question">${title}</h2>
      <p>${text}</p>
      ${extra}
      <div class="buttons">
        <button value="" autofocus>${T.back}</button>
        <button value="yes" class=${danger ? 'danger' : 'primary'}>${action}</button>
      </div>
    </form>`,
  );
  return answer === 'yes';
}

let toastTimer = 0;

/** Says briefly what was done, or why it was not. */
export function say(text, kind = 'done') {
  const box = document.getElementById('toast');
  clearTimeout(toastTimer);
  render(html`<div class="toast ${kind}">${foreign(text)}</div>`, box);
  toastTimer = setTimeout(() => render(nothing, box), kind === 'done' ? 4_000 : 10_000);
}

/** Runs a change, and says how it ended; whether it succeeded. */
export async function attempt(work, done) {
  try {
    const result = await work();
    say(typeof done === 'function' ? done(result) : done);
    return true;
  } catch (failure) {
    sayFailure(failure);
    return false;
  }
}

/** Says why a request was refused; any other failure is thrown again. */
export function sayFailure(failure) {
  if (!(failure instanceof Problem)) {
    throw failure;
  }
  const [title, text] = T.failures(failure.status, failure.message);
  say(failure.message ? sentence(failure.message) : `${title}. ${text}`, 'bad');
}

/** A button that copies a text. */
export function copy(text, label = T.copy) {
  const run = async (event) => {
    const button = event.currentTarget;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const range = document.createRange();
      range.selectNodeContents(button.parentElement.querySelector('code'));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      say(T.copyByHand, 'bad');
      return;
    }
    say(T.copied);
  };
  return html`<button type="button" class="quiet" @click=${run}>${label}</button>`;
}

const AUTHORIZATION = page.auth === 'none' ? '' : ' -H "Authorization: Bearer $BURNISH_API_KEY"';

/** The command that gets what is shown; buttons that copy it, or what it gets. */
export function curl(path) {
  const command = `curl${AUTHORIZATION} '${new URL(path, document.baseURI)}'`;
  const copyJson = async () => {
    try {
      const json = JSON.stringify(await get(path), null, 2);
      await navigator.clipboard.writeText(json);
    } catch (failure) {
      if (failure instanceof Problem) {
        sayFailure(failure);
      } else {
        say(T.copyOtherwise, 'bad');
      }
      return;
    }
    say(T.copied);
  };
  return html`<div class="curl"><code tabindex="0">${command}</code>${copy(command)}<button type="button" class="quiet" @click=${copyJson}>${T.copyJson}</button></div>`;
}
