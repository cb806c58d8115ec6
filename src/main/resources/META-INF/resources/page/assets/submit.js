// Drop files, see what they would take, start the job.
import { html, nothing } from '../../webjars/lit-html/lit-html.js';
import { Problem, sendFiles } from './api.js';
import { count, duration, foreign, money, short } from './format.js';
import { dialog, failed, figure, loading } from './parts.js';
import { T } from './texts.js';

const S = T.submit;

const bytes = (size) => (size < 1_000_000 ? `${count(Math.ceil(size / 1_000))} kB` : `${count(Math.round(size / 100_000) / 10)} MB`);

function form(files, job) {
  const data = new FormData();
  data.append('job', new Blob([JSON.stringify(job)], { type: 'application/json' }));
  files.forEach((file) => data.append('file', file, file.name));
  return data;
}

const estimate = (found) => html`<section aria-labelledby="estimate">
  <h3 id="estimate">${S.estimate}</h3>
  <dl class="figures small">
    ${figure(S.records, count(found.records))} ${figure(S.ask, count(found.toAsk))}
    ${figure(S.duplicates, count(found.duplicates))} ${figure(S.known, count(found.known.total))}
    ${figure(S.rejected, count(found.rejected.total), nothing, found.rejected.total > 0 ? 'bad' : '')}
    ${figure(S.calls, count(found.calls))} ${figure(S.tokens, short(found.tokens.prompt + found.tokens.completion))}
    ${figure(S.cost, money(found.cost))}
    ${figure(S.time, found.seconds === null ? S.never : duration(found.seconds))}
  </dl>
  ${found.seconds === null ? html`<p class="bad">${S.neverText}</p>` : nothing}
  ${found.rejected.byCode.length > 0
    ? html`<ul class="rows">
        ${found.rejected.byCode.map((group) => html`<li><code>${group.code}</code><span class="num">${count(group.records)}</span><span class="dim">${foreign(group.example)}</span></li>`)}
      </ul>`
    : nothing}
  ${found.files.length > 0
    ? html`<h4>${S.rejectedFiles}</h4>
        <ul class="rows">${found.files.map((file) => html`<li>${foreign(file.name)}<span class="bad">${foreign(file.error)}</span></li>`)}</ul>`
    : nothing}
</section>`;

/** Opens the dialog for a new job, with files that were dropped, if any. */
export function openSubmit(dropped = []) {
  const state = { files: [], found: null, failure: null, busy: false, job: { name: '', priority: 'normal' }, key: crypto.randomUUID?.() ?? String(Math.random()) };
  let turn = 0;

  const job = () => ({ ...(state.job.name ? { name: state.job.name } : {}), options: { priority: state.job.priority } });

  const ask = async (draw) => {
    const mine = ++turn;
    Object.assign(state, { found: null, failure: null, busy: true });
    draw();
    try {
      const found = await sendFiles('jobs?dryRun=true', form(state.files, job()));
      if (mine === turn) {
        state.found = found;
      }
    } catch (failure) {
      if (!(failure instanceof Problem)) {
        throw failure;
      }
      state.failure = failure;
    }
    state.busy = false;
    draw();
  };
  const take = (files, draw) => {
    if (files.length > 0) {
      state.files = [...files];
      state.job.name ||= files.length === 1 ? files[0].name.replace(/\.\w+$/, '') : '';
      ask(draw);
    }
  };
  const begin = async (event, draw) => {
    event.preventDefault();
    state.busy = true;
    draw();
    try {
      const posted = await sendFiles('jobs', form(state.files, job()), { 'Idempotency-Key': state.key });
      location.assign(`page/jobs/${posted.id}`);
    } catch (failure) {
      if (!(failure instanceof Problem)) {
        throw failure;
      }
      Object.assign(state, { failure, busy: false });
      draw();
    }
  };

  let isFirst = true;
  return dialog((box, draw) => {
    if (isFirst) {
      isFirst = false;
      queueMicrotask(() => take(dropped, draw));
    }
    return html`<form method="dialog" @submit=${(event) => begin(event, draw)}>
      <h2 id="submit-title">${S.title}</h2>
      <label
        class="drop"
        @dragover=${(event) => event.preventDefault()}
        @drop=${(event) => {
          event.preventDefault();
          event.stopPropagation();
          take(event.dataTransfer.files, draw);
        }}
      >
        <input type="file" multiple accept=".json,.ndjson,.jsonl" class="visually-hidden" @change=${(event) => take(event.target.files, draw)} />
        ${state.files.length > 0
          ? html`<strong>${state.files.slice(0, 3).map((file) => html`${foreign(file.name)} `)}</strong>
              <span class="dim">${S.files(state.files.length, bytes(state.files.reduce((sum, file) => sum + file.size, 0)))}</span>`
          : html`<strong>${S.drop}</strong> <span class="dim">${S.or} <u>${S.choose}</u></span><span class="dim small block">${S.hint}</span>`}
      </label>
      <div class="two even">
        <label>${S.name}<input .value=${state.job.name} maxlength="200" dir="auto" @input=${(event) => (state.job.name = event.target.value)} /></label>
        <label
          >${S.priority}
          <select
            @change=${(event) => {
              state.job.priority = event.target.value;
              if (state.files.length > 0) {
                ask(draw);
              }
            }}
          >
            ${['low', 'normal', 'high'].map((name) => html`<option value=${name} ?selected=${name === state.job.priority}>${S.priorities[name]}</option>`)}
          </select></label
        >
      </div>
      ${state.failure ? failed(state.failure) : state.found ? estimate(state.found) : state.busy ? loading(3) : nothing}
      <div class="buttons">
        <button type="button" @click=${() => box.close()}>${T.back}</button>
        <button class="primary" ?disabled=${state.busy || !state.found || state.found.records === 0}>${S.start(state.found?.records ?? 0)}</button>
      </div>
    </form>`;
  }, 'wide');
}

/** Files that are dropped anywhere on the page open the dialog. */
export function watchDrops() {
  const hasFiles = (event) => event.dataTransfer?.types.includes('Files') && !document.querySelector('dialog[open]');
  document.body.dataset.drop = '';
  document.addEventListener('dragover', (event) => {
    if (hasFiles(event)) {
      event.preventDefault();
      document.body.dataset.drop = S.dropNow;
    }
  });
  document.addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) {
      document.body.dataset.drop = '';
    }
  });
  document.addEventListener('drop', (event) => {
    document.body.dataset.drop = '';
    if (hasFiles(event)) {
      event.preventDefault();
      openSubmit(event.dataTransfer.files);
    }
  });
}
