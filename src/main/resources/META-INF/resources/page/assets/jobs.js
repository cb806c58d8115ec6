// The jobs: filter in the URL, live progress, actions on one, the selected, or all that match.
import { html, nothing, render } from '../../webjars/lit-html/lit-html.js';
import { repeat } from '../../webjars/lit-html/directives/repeat.js';
import { act, allowed } from './actions.js';
import { Problem, follow, get, query } from './api.js';
import { ago, count, duration, foreign, money, rate } from './format.js';
import { chip, curl, empty, failed, loading, may, progress, say } from './parts.js';
import { openSubmit, watchDrops } from './submit.js';
import { T } from './texts.js';

const PAGE = 50;
const FILTERS = ['name', 'state', 'outcome', 'profile', 'createdAfter', 'createdBefore'];
const STATES = ['queued', 'running', 'paused', 'completed', 'cancelled', 'expired'];
const OUTCOMES = ['succeeded', 'partial', 'failed'];
const ACTIONS = ['pause', 'resume', 'cancel', 'retry', 'delete'];
const REDRAW_EVERY = 5_000;

const state = { jobs: null, next: null, failure: null, selected: new Map(), unseen: false };

function filter() {
  const given = new URLSearchParams(location.search);
  return Object.fromEntries(FILTERS.map((name) => [name, given.get(name)]).filter(([, value]) => value));
}

const decided = ({ counts }) => counts.succeeded + counts.failed + counts.cancelled;

/** Decided records a minute since the start; null of a job that does not run. */
function rateOf(job) {
  if (!job.startedAt || job.state !== 'running') {
    return null;
  }
  const minutes = (Date.now() - new Date(job.startedAt)) / 60_000;
  return minutes > 0 ? decided(job) / minutes : null;
}

function etaOf(job, perMinute) {
  const open = job.counts.pending + job.counts.running;
  return job.state === 'running' && perMinute > 0 && open > 0 ? (60 * open) / perMinute : null;
}

export function start(main) {
  let searchTimer = 0;
  let reading = 0;

  const nameOf = (job) => job.name ?? T.jobs.unnamed;

  const setFilter = (name, value) => {
    const wanted = { ...filter(), [name]: value };
    history.replaceState(null, '', `page/jobs${query(wanted)}`);
    state.selected.clear();
    read();
  };
  const search = (event) => {
    const { value } = event.target;
    clearTimeout(searchTimer);
    searchTimer = setTimeout(() => setFilter('name', value.trim()), 250);
  };
  const clearFilter = () => {
    history.replaceState(null, '', 'page/jobs');
    main.querySelector('input[type=search]').value = '';
    state.selected.clear();
    read();
  };

  const select = (job, on) => {
    if (on) {
      state.selected.set(job.id, job);
    } else {
      state.selected.delete(job.id);
    }
    draw();
  };
  const selectShown = (event) => state.jobs.forEach((job) => select(job, event.target.checked));

  /** All that match, page by page, so that the number that is confirmed is the number that is meant. */
  const selectMatching = async () => {
    let cursor = null;
    try {
      do {
        const found = await get(`jobs${query({ ...filter(), limit: 200, cursor })}`);
        found.jobs.forEach((job) => state.selected.set(job.id, job));
        say(T.jobs.counting(state.selected.size));
        cursor = found.next;
      } while (cursor);
    } catch (failure) {
      if (!(failure instanceof Problem)) {
        throw failure;
      }
      say(failure.message, 'bad');
    }
    draw();
  };

  const run = async (action, jobs, name) => {
    if (await act(action, jobs, name)) {
      state.selected.clear();
      await read();
    }
  };

  const bar = () => {
    const jobs = [...state.selected.values()];
    return html`<div class="selection" role="toolbar" aria-label=${T.jobs.selected(jobs.length)}>
      <strong class="num">${T.jobs.selected(jobs.length)}</strong>
      ${ACTIONS.filter((action) => jobs.some((job) => allowed(job).includes(action))).map((action) => {
        const meant = jobs.filter((job) => allowed(job).includes(action));
        return html`<button type="button" class=${action === 'cancel' || action === 'delete' ? 'danger' : ''} @click=${() => run(action, meant)}
          >${T.actions[action]} <span class="num">${count(meant.length)}</span></button
        >`;
      })}
      ${state.next ? html`<button type="button" class="quiet" @click=${selectMatching}>${T.jobs.selectMatching}</button>` : nothing}
      <button type="button" class="quiet" @click=${() => (state.selected.clear(), draw())}>${T.jobs.clearSelection}</button>
    </div>`;
  };

  /** Who paused a job, or why the service did, and when. */
  const hold = ({ reason, by, at: since }) => {
    const why = reason === 'budget' ? T.jobs.overBudget : by ? html`${T.jobs.pausedBy} ${foreign(by)}` : nothing;
    return html`<span class="hold" title=${by ?? nothing}>${why}${why !== nothing && since ? ' · ' : nothing}${since ? ago(since) : nothing}</span>`;
  };

  const row = (job) => {
    const perMinute = rateOf(job);
    const eta = etaOf(job, perMinute);
    const name = nameOf(job);
    return html`<tr data-job=${job.id}>
      ${may('submit')
        ? html`<td class="check"><input type="checkbox" aria-label=${T.jobs.select(name)} .checked=${state.selected.has(job.id)} @change=${(event) => select(job, event.target.checked)} /></td>`
        : nothing}
      <td class="name"><a href="page/jobs/${job.id}">${job.name ? foreign(job.name) : html`<span class="dim">${T.jobs.unnamed}</span>`}</a></td>
      <td>${chip(job)}${job.paused ? hold(job.paused) : nothing}</td>
      <td class="progress">${progress(job.counts, T.jobs.progress)}</td>
      <td class="num end optional">${count(job.counts.total)}</td>
      <td class="num end optional ${job.counts.failed > 0 ? 'bad' : 'dim'}">${count(job.counts.failed)}</td>
      <td class="num end optional extra">${perMinute === null ? html`<span class="dim">${T.none}</span>` : T.jobs.perMinute(rate(perMinute))}</td>
      <td class="num end">${eta === null ? html`<span class="dim">${T.none}</span>` : duration(eta)}</td>
      <td class="num end optional extra">${money(job.cost.spent)}</td>
      <td class="end optional">${ago(job.createdAt)}</td>
      ${may('submit')
        ? html`<td class="end row-actions">
            ${allowed(job)
              .filter((action) => action !== 'delete')
              .map(
                (action) =>
                  html`<button type="button" class="quiet ${action === 'cancel' ? 'danger' : ''}" @click=${() => run(action, [job], name)}>${T.actions.brief[action]}<span class="visually-hidden"> ${name}</span></button>`,
              )}
          </td>`
        : nothing}
    </tr>`;
  };

  const options = (values, texts, chosen, any) => html`<option value="">${any}</option>
    ${values.map((value) => html`<option value=${value} ?selected=${value === chosen}>${texts[value]}</option>`)}`;

  const filters = (given) => html`<form class="filters" role="search" @submit=${(event) => event.preventDefault()}>
    <input type="search" aria-label=${T.jobs.search} placeholder=${T.jobs.search} value=${given.name ?? ''} @input=${search} dir="auto" />
    <select aria-label=${T.jobs.state} @change=${(event) => setFilter('state', event.target.value)}>
      ${options(STATES, T.states, given.state, T.jobs.anyState)}
    </select>
    <select aria-label=${T.jobs.outcome} @change=${(event) => setFilter('outcome', event.target.value)}>
      ${options(OUTCOMES, T.states, given.outcome, T.jobs.anyOutcome)}
    </select>
    ${Object.keys(given).length > 0 ? html`<button type="button" class="quiet" @click=${clearFilter}>${T.jobs.clear}</button>` : nothing}
  </form>`;

  const table = () => html`<div class="table" role="region" aria-label=${T.jobs.title} tabindex="0">
    <table class="jobs">
      <thead>
        <tr>
          ${may('submit')
            ? html`<td class="check"><input type="checkbox" aria-label=${T.jobs.selectAll} .checked=${state.jobs.every((job) => state.selected.has(job.id))} @change=${selectShown} /></td>`
            : nothing}
          <th scope="col">${T.jobs.name}</th>
          <th scope="col">${T.jobs.state}</th>
          <th scope="col">${T.jobs.progress}</th>
          <th scope="col" class="end optional">${T.jobs.records}</th>
          <th scope="col" class="end optional">${T.jobs.failed}</th>
          <th scope="col" class="end optional extra">${T.jobs.rate}</th>
          <th scope="col" class="end">${T.jobs.eta}</th>
          <th scope="col" class="end optional extra">${T.jobs.cost}</th>
          <th scope="col" class="end optional">${T.jobs.posted}</th>
          ${may('submit') ? html`<td></td>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${repeat(state.jobs, (job) => job.id, row)}
      </tbody>
    </table>
  </div>`;

  const content = (given) => {
    if (state.failure && !state.jobs) {
      return failed(state.failure, read);
    }
    if (state.jobs === null) {
      return loading(8);
    }
    if (state.jobs.length === 0) {
      return Object.keys(given).length > 0
        ? empty(T.jobs.noMatch, T.jobs.noMatchText, html`<button type="button" @click=${clearFilter}>${T.jobs.clear}</button>`)
        : empty(T.jobs.none, T.jobs.noneText);
    }
    return html`${table()}
      <div class="foot">
        <span class="dim num">${T.jobs.loaded(state.jobs.length)}</span>
        ${state.next ? html`<button type="button" @click=${older}>${T.jobs.next}</button>` : nothing}
      </div>`;
  };

  const draw = () => {
    const given = filter();
    render(
      html`<div class="title">
          <h1>${T.jobs.title}</h1>
          ${may('submit') ? html`<button type="button" class="primary" @click=${() => openSubmit()}>${T.submit.open}</button>` : nothing}
        </div>
        ${filters(given)} ${state.selected.size > 0 ? bar() : nothing}
        ${state.unseen
          ? html`<p class="news"><button type="button" class="quiet" @click=${read}>${T.jobs.newer} · ${T.jobs.show}</button></p>`
          : nothing}
        ${content(given)} ${curl(`jobs${query(given)}`)}`,
      main,
    );
  };

  /** The events of a job have neither its cost nor who paused it. */
  const readAgain = async (job) => {
    const view = await get(`jobs/${job.id}`).catch(() => null);
    if (view) {
      Object.assign(job, { cost: view.cost, paused: view.paused });
      drawSoon();
    }
  };

  const read = async () => {
    const turn = ++reading;
    try {
      const found = await get(`jobs${query({ ...filter(), limit: PAGE })}`);
      if (turn !== reading) {
        return;
      }
      Object.assign(state, { jobs: found.jobs, next: found.next, failure: null, unseen: false });
    } catch (failure) {
      if (!(failure instanceof Problem)) {
        throw failure;
      }
      state.failure = failure;
    }
    draw();
  };

  const older = async () => {
    const found = await get(`jobs${query({ ...filter(), limit: PAGE, cursor: state.next })}`);
    state.jobs.push(...found.jobs);
    state.next = found.next;
    draw();
  };

  const changed = (event) => {
    const job = state.jobs?.find(({ id }) => id === event.id);
    if (job) {
      const hasStarted = !job.startedAt && event.state === 'running';
      const isPaused = event.state === 'paused';
      const wasPaused = job.state === 'paused';
      Object.assign(job, event, hasStarted ? { startedAt: new Date().toISOString() } : {}, isPaused ? {} : { paused: null });
      if (event.finishedAt || (isPaused && !wasPaused)) {
        readAgain(job);
      }
      drawSoon();
    } else if (state.jobs && Object.keys(filter()).length === 0 && event.id > (state.jobs[0]?.id ?? '')) {
      state.unseen = true;
      drawSoon();
    }
  };

  let isDue = false;
  /** Once for all events of a moment. */
  const drawSoon = () => {
    if (!isDue) {
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        draw();
      });
    }
  };

  draw();
  read();
  follow('events', changed, read);
  setInterval(() => document.hidden || draw(), REDRAW_EVERY);
  if (may('submit')) {
    watchDrops();
  }
}
