// One job: how far it is, what failed and why, its files, models and records.
import { html, nothing, render } from '../../webjars/lit-html/lit-html.js';
import { act, allowed } from './actions.js';
import { Problem, follow, get, getBlob, query, send } from './api.js';
import { ago, count, duration, foreign, money, rate, short } from './format.js';
import { attempt, chip, confirm, curl, empty, failed, figure, itemChip, loading, may, progress, waiting } from './parts.js';
import { LINES, legend, plot, points } from './plot.js';
import { T } from './texts.js';

const J = T.job;
const id = location.pathname.split('/').pop();
const base = `jobs/${id}`;
const ITEMS = 25;
const SLOW = 4_000;
const ITEM_STATES = ['ready', 'running', 'waiting', 'succeeded', 'failed', 'cancelled'];
const FINAL = ['completed', 'cancelled', 'expired'];

const state = { job: null, failure: null, groups: null, history: [], rules: new Set(), items: null, itemsFailure: null, next: null };

function filter() {
  const given = new URLSearchParams(location.search);
  return Object.fromEntries(['state', 'code', 'key', 'text'].map((name) => [name, given.get(name)]).filter(([, value]) => value));
}

const nameOf = (job) => job.name ?? J.unnamed;

export function start(main) {
  let showPlot = null;
  let stop = null;
  let slowTimer = 0;
  let searchTimer = 0;

  // --- What changes it ---------------------------------------------------------------------------

  const run = async (action) => {
    if (await act(action, [state.job], nameOf(state.job))) {
      if (action === 'delete') {
        location.assign('page/jobs');
      } else {
        await again();
      }
    }
  };

  const retry = async (group, withoutRule) => {
    const agreed = await confirm(
      withoutRule
        ? { title: J.askWithout(group.count), text: J.askWithoutText(group.rule), action: J.retryWithout }
        : { title: J.askGroup(group.count), text: J.askGroupText(group.code), action: J.retryGroup(group.count) },
    );
    if (agreed) {
      const body = withoutRule ? { code: group.code, rulesOff: [group.code] } : { code: group.code };
      await attempt(() => send('POST', `${base}/retry`, body), J.retried);
      await again();
    }
  };

  const download = async (address, accept, name) =>
    attempt(async () => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await getBlob(address, accept));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    }, name);

  // --- What it looks like ------------------------------------------------------------------------

  const head = (job) => html`<nav class="crumbs" aria-label=${J.of}><a href="page/jobs">${J.of}</a></nav>
    <div class="title">
      <div>
        <h1>${foreign(nameOf(job))} ${chip(job)}</h1>
        <p class="dim">
          ${J.facts(job.profile, job.mode, job.priority)} · ${J.posted} ${ago(job.createdAt)}${job.finishedAt
            ? html` · ${J.finished} ${ago(job.finishedAt)}`
            : nothing}
        </p>
      </div>
      ${may('submit')
        ? html`<div class="buttons">
            ${allowed(job).map(
              (action) =>
                html`<button type="button" class=${action === 'cancel' || action === 'delete' ? 'danger' : ''} @click=${() => run(action)}>${T.actions[action]}</button>`,
            )}
          </div>`
        : nothing}
    </div>`;

  const figures = (job) => {
    const { counts } = job;
    const done = counts.succeeded + counts.failed + counts.cancelled;
    const tokens = job.tokens.prompt + job.tokens.completion;
    return html`${progress(counts, J.decided)}
      <dl class="figures">
        ${figure(
          J.decided,
          count(done),
          [J.ofTotal(counts.total), counts.reused ? J.reused(counts.reused) : '', job.filtered ? J.filtered(job.filtered) : ''].filter(Boolean).join(', '),
          'main',
        )}
        ${figure(J.failed, count(counts.failed), nothing, counts.failed > 0 ? 'bad' : '')}
        ${figure(J.rate, job.ratePerMinute === null ? T.none : rate(job.ratePerMinute))}
        ${figure(J.eta, job.state === 'running' ? duration(job.etaSeconds) : T.none)}
        ${figure(J.spent, money(job.cost.spent), job.cost.toCome > 0 ? J.toCome(money(job.cost.toCome)) : nothing)}
        ${figure(J.tokens, short(tokens), J.tokensNote(short(job.tokens.cached)))}
      </dl>`;
  };

  const pausedBy = ({ by, at: since }) => html`${by ? html` ${J.by} ${foreign(by)}` : nothing}${since ? html`, ${ago(since)}` : nothing}`;

  // While records are still in flight, a paused job waits for nothing.
  const held = (job) =>
    job.waitingFor ?? (job.paused ? { reason: job.paused.reason === 'budget' ? 'budget' : 'paused', until: null, detail: null } : null);

  /** What a paused job waits for is its button. */
  const notice = (job, wait) =>
    job.paused && wait.reason === 'paused'
      ? html`<p class="notice hold">${T.waits.paused}${pausedBy(job.paused)}. ${J.untilResumed}</p>`
      : html`<p class="notice ${job.paused ? 'hold' : ''}">${waiting(wait)}${wait.detail ? html` · ${foreign(wait.detail)}` : nothing}${job.paused ? pausedBy(job.paused) : nothing}</p>`;

  const notes = (job) => html`${held(job) ? notice(job, held(job)) : nothing}
    ${job.writeBack
      ? html`<p class="notice">${J.writeBack[job.writeBack.state]} <code>${foreign(job.writeBack.dataDir)}</code>${job.writeBack.error ? html` ${foreign(job.writeBack.error)}` : nothing}</p>`
      : nothing}
    ${job.warnings.map((warning) => html`<p class="notice">${foreign(warning)}</p>`)}`;

  const group = (found) => html`<li class="group">
    <div class="group-head">
      <strong class="num">${count(found.count)}</strong>
      <div><code>${found.code}</code><span class="dim block">${found.rule ?? nothing}</span></div>
      ${may('submit')
        ? html`<div class="buttons">
            <button type="button" @click=${() => retry(found, false)}>${J.retryGroup(found.count)}</button>
            ${state.rules.has(found.code) ? html`<button type="button" @click=${() => retry(found, true)}>${J.retryWithout}</button>` : nothing}
          </div>`
        : nothing}
    </div>
    <ul class="examples">
      ${found.examples.map(
        (example) =>
          html`<li><a class="num" href="page/jobs/${id}/items/${example.seq}">${example.key === null ? `#${example.seq}` : foreign(example.key)}</a> <span>${foreign(example.error)}</span></li>`,
      )}
      <li><a href="page/jobs/${id}${query({ state: 'failed', code: found.code })}#items">${J.showAll}</a></li>
    </ul>
  </li>`;

  const failures = (job) =>
    job.counts.failed === 0
      ? nothing
      : html`<section class="card" aria-labelledby="failures">
          <h2 id="failures">${J.failures}</h2>
          ${state.groups === null
            ? loading(3)
            : html`<ul class="groups">${state.groups.groups.map(group)}</ul>
                ${state.groups.complete ? nothing : html`<p class="dim">${J.incomplete(state.groups.counted)}</p>`}`}
        </section>`;

  const files = (job) =>
    job.files.length === 0
      ? nothing
      : html`<section class="card" aria-labelledby="files">
          <h2 id="files">${J.files}</h2>
          <div class="table" role="group" aria-labelledby="files" tabindex="0"><table>
            <thead><tr>
              <th scope="col">${J.file}</th><th scope="col">${J.fileState}</th><th scope="col" class="end">${J.records}</th>
              <th scope="col" class="end">${J.succeeded}</th><th scope="col" class="end">${J.failed}</th><th scope="col" class="end">${J.cost}</th>
            </tr></thead>
            <tbody>
              ${job.files.map(
                (file) => html`<tr>
                  <td>${foreign(file.name)}${file.error ? html`<span class="bad block small">${foreign(file.error)}</span>` : nothing}</td>
                  <td><span class="chip ${file.state}">${J.fileStates[file.state] ?? file.state}</span></td>
                  <td class="num end">${count(file.counts.total)}</td>
                  <td class="num end">${count(file.counts.succeeded)}</td>
                  <td class="num end">${file.counts.failed > 0 ? html`<span class="bad">${count(file.counts.failed)}</span>` : '0'}</td>
                  <td class="num end">${money(file.cost)}</td>
                </tr>`,
              )}
            </tbody>
          </table></div>
        </section>`;

  const models = (job) => {
    const all = Object.entries(job.models);
    const total = Math.max(1, all.reduce((sum, [, share]) => sum + share.succeeded, 0));
    return html`<section class="card" aria-labelledby="models">
      <h2 id="models">${J.models}</h2>
      ${all.length === 0
        ? html`<p class="dim">${J.noModels}</p>`
        : html`<div class="table" role="group" aria-labelledby="models" tabindex="0"><table>
            <thead><tr>
              <th scope="col">${J.model}</th><th scope="col">${J.share}</th><th scope="col" class="end">${J.calls}</th><th scope="col" class="end">${J.accepted}</th>
              <th scope="col" class="end">${J.refused}</th><th scope="col" class="end">${J.tokens}</th><th scope="col" class="end">${J.cost}</th>
            </tr></thead>
            <tbody>
              ${all.map(
                ([name, share]) => html`<tr>
                  <td>${foreign(name)}</td>
                  <td class="share"><svg class="bar thin" aria-hidden="true"><rect class="left" width="${(100 * share.succeeded) / total}%" height="100%"></rect></svg></td>
                  <td class="num end">${count(share.calls)}</td>
                  <td class="num end">${count(share.succeeded)}</td>
                  <td class="num end">${count(share.refused)}</td>
                  <td class="num end">${short(share.promptTokens + share.completionTokens)}</td>
                  <td class="num end">${money(share.cost)}</td>
                </tr>`,
              )}
            </tbody>
          </table></div>`}
    </section>`;
  };

  const downloads = () => html`<section class="card downloads" aria-labelledby="downloads">
    <h2 id="downloads">${J.downloads}</h2>
    <ul class="links">
      <li><a href="${base}/results" download="results-${id}.json">${J.resultsJson}</a></li>
      <li><button type="button" class="link" @click=${() => download(`${base}/results`, 'application/x-ndjson', `results-${id}.ndjson`)}>${J.resultsNdjson}</button></li>
      <li><a href="${base}/results?evidence=true" download="results-evidence-${id}.json">${J.resultsEvidence}</a></li>
      <li><a href="${base}/failures" download="failures-${id}.json">${J.failuresJson}</a></li>
      <li><a href="${base}/failures?format=records" download="failed-${id}.json">${J.failuresRecords}</a></li>
    </ul>
    <h3>${J.api}</h3>
    ${curl(base)}
  </section>`;

  const setFilter = (name, value) => {
    history.replaceState(null, '', `page/jobs/${id}${query({ ...filter(), [name]: value })}`);
    readItems();
  };
  const search = (event) => {
    clearTimeout(searchTimer);
    const { value } = event.target;
    searchTimer = setTimeout(() => setFilter('text', value.trim()), 300);
  };

  const item = (found) => html`<tr>
    <td class="num end"><a href="page/jobs/${id}/items/${found.seq}">${count(found.seq)}</a></td>
    <td>${found.key === null ? html`<span class="dim">${T.none}</span>` : foreign(found.key)}</td>
    <td>${itemChip(found.state)}</td>
    <td>${found.code ? html`<code>${found.code}</code>` : found.waitingFor ? waiting(found.waitingFor) : nothing}</td>
    <td class="num end optional">${count(found.attempts)}</td>
    <td class="optional">${found.model ? foreign(found.model) : html`<span class="dim">${T.none}</span>`}</td>
    ${state.job.files.length > 0 ? html`<td class="optional">${foreign(found.file)}</td>` : nothing}
  </tr>`;

  const codes = () => [...new Set([...(state.groups?.groups ?? []).map((found) => found.code), filter().code].filter(Boolean))];

  const items = () => {
    const given = filter();
    const any = Object.keys(given).length > 0;
    return html`<section class="card" aria-labelledby="items">
      <header>
        <h2 id="items">${J.items}</h2>
        <form class="filters" role="search" @submit=${(event) => event.preventDefault()}>
          <input type="search" aria-label=${J.text} placeholder=${J.text} value=${given.text ?? ''} @input=${search} dir="auto" />
          <select aria-label=${J.state} @change=${(event) => setFilter('state', event.target.value)}>
            <option value="">${J.anyState}</option>
            ${ITEM_STATES.map((name) => html`<option value=${name} ?selected=${name === given.state}>${T.itemStates[name]}</option>`)}
          </select>
          <select aria-label=${J.reason} @change=${(event) => setFilter('code', event.target.value)}>
            <option value="">${J.anyCode}</option>
            ${codes().map((code) => html`<option value=${code} ?selected=${code === given.code}>${code}</option>`)}
          </select>
        </form>
      </header>
      ${state.itemsFailure
        ? failed(state.itemsFailure, readItems)
        : state.items === null
          ? loading(5)
          : state.items.length === 0 && !state.next
            ? empty(J.noItems, any ? J.noItemsText : '')
            : html`<div class="table" role="group" aria-labelledby="items" tabindex="0"><table>
                  <thead><tr>
                    <th scope="col" class="end">${J.position}</th><th scope="col">${J.key}</th><th scope="col">${J.state}</th><th scope="col">${J.reason}</th>
                    <th scope="col" class="end optional">${J.attempts}</th><th scope="col" class="optional">${J.model}</th>${state.job.files.length > 0 ? html`<th scope="col" class="optional">${J.file}</th>` : nothing}
                  </tr></thead>
                  <tbody>${state.items.map(item)}</tbody>
                </table></div>
                ${state.next ? html`<div class="foot"><button type="button" @click=${() => readItems(state.next)}>${J.moreItems}</button></div>` : nothing}`}
    </section>`;
  };

  const draw = () => {
    const { job, failure } = state;
    if (!job) {
      render(failure ? html`<h1>${T.jobs.name}</h1>${failed(failure, again)}` : html`<h1>${T.jobs.name}</h1>${loading(6)}`, main);
      return;
    }
    document.title = `${nameOf(job)} · ${T.name}`;
    const minutes = plotMinutes(job);
    const shown = points(state.history, minutes, job.finishedAt ? Date.parse(job.finishedAt) : Date.now());
    render(
      html`${head(job)} ${notes(job)} ${figures(job)} ${failures(job)}
        <div class="two wide-left">
          <section class="card plots" aria-labelledby="plot">
            <header>
              <h2 id="plot">${J.plot}</h2>
              ${legend(LINES)}
            </header>
            <div class="plot" role="img" aria-label=${J.plot}></div>
            ${shown.isEmpty ? html`<p class="plot-empty dim">${J.plotEmpty}</p>` : nothing}
          </section>
          ${downloads()}
        </div>
        ${files(job)} ${models(job)} ${items()}`,
      main,
    );
    showPlot ??= plot(main.querySelector('.plot'), LINES);
    showPlot(shown);
  };

  const plotMinutes = (job) => {
    const end = job.finishedAt ? Date.parse(job.finishedAt) : Date.now();
    const begin = Date.parse(job.startedAt ?? job.createdAt);
    return Math.min(11_520, Math.max(15, Math.ceil((end - begin) / 60_000) + 2));
  };

  // --- What it reads -----------------------------------------------------------------------------

  const guarded = async (work, onFailure) => {
    try {
      await work();
    } catch (failure) {
      if (!(failure instanceof Problem)) {
        throw failure;
      }
      onFailure(failure);
    }
    draw();
  };

  const readItems = (cursor = null) =>
    guarded(
      async () => {
        const found = await get(`${base}/items${query({ ...filter(), limit: ITEMS, cursor })}`);
        state.items = cursor ? [...state.items, ...found.items] : found.items;
        state.next = found.next;
        state.itemsFailure = null;
      },
      (failure) => (state.itemsFailure = failure),
    );

  /** Groups and history cost more than the state of the job, so they follow it in a while. */
  const readSlow = async () => {
    await guarded(
      async () => {
        state.history = await get(`${base}/history`);
        if (state.job.counts.failed > 0) {
          state.groups = await get(`${base}/failures?groupBy=code`);
        }
      },
      () => {},
    );
  };
  const soon = () => {
    slowTimer ||= setTimeout(() => {
      slowTimer = 0;
      // Once it is shown again, all is read again.
      if (!document.hidden) {
        readSlow();
      }
    }, SLOW);
  };

  const isFinal = () => FINAL.includes(state.job?.state);

  const changed = (job) => {
    state.job = job;
    draw();
    if (isFinal()) {
      stop?.();
      stop = null;
      clearTimeout(slowTimer);
      readSlow();
      readItems();
    } else {
      soon();
    }
  };

  const again = async () => {
    await guarded(
      async () => {
        state.job = await get(base);
        state.failure = null;
      },
      (failure) => (state.failure = failure),
    );
    if (state.job) {
      await Promise.all([readSlow(), readItems()]);
      if (!isFinal() && !stop) {
        stop = follow(`${base}/events`, changed, again);
      }
    }
  };

  draw();
  again();
  get('profiles')
    .then((profiles) => {
      state.rules = new Set(profiles.flatMap((profile) => profile.rules.filter((rule) => rule.canBeOff).map((rule) => rule.name)));
      draw();
    })
    .catch(() => {});
  setInterval(() => document.hidden || draw(), 10_000);
}
