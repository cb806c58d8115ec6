// Is it moving, how fast, when done; what waits and why; what a person should act on.
import { html, nothing, render } from '../../webjars/lit-html/lit-html.js';
import { Problem, every, get } from './api.js';
import { ago, count, duration, foreign, money, percent, rate, secondsUntil, soon } from './format.js';
import { failed, figure, loading, modelCard } from './parts.js';
import { LINES, legend, plot, points } from './plot.js';
import { T } from './texts.js';

const WINDOWS = [
  ['hour', 60],
  ['day', 1_440],
  ['week', 10_080],
];
const STATUS_EVERY = 2_000;
const HISTORY_EVERY = 15_000;
const TOO_OLD_SECONDS = 1_800;
/** Shorter waits are usual: no action is needed. */
const LONG_SECONDS = 30;

const state = { status: null, failure: null, history: [], minutes: 60, paused: 0, overBudget: [] };

/** What a person should act on: title, remedy, address, its text. */
function problems() {
  const found = [];
  const { status, failure, overBudget } = state;
  if (failure && status) {
    found.push(failure.status === 0 ? T.problems.unreachable : failure.status === 503 ? T.problems.database : T.failures(failure.status, failure.message));
  }
  if (!status) {
    return found;
  }
  if (status.replicas.length === 0) {
    found.push(T.problems.noReplica);
  }
  for (const model of status.models) {
    if (model.state === 'gone') {
      found.push([...T.problems.gone(model.model), 'page/models', T.problems.models]);
    } else if (model.state === 'paused' && secondsUntil(model.pausedUntil) > LONG_SECONDS) {
      found.push([...T.problems.pausedFor(model.model, model.reason ?? ''), 'page/models', T.problems.models]);
    }
  }
  const wait = status.waitingFor;
  if (wait && status.queue.ready > 0 && (!wait.until || secondsUntil(wait.until) > LONG_SECONDS)) {
    found.push(T.problems.all(wait.detail ?? T.waits[wait.reason] ?? wait.reason));
  }
  for (const job of overBudget) {
    found.push([...T.problems.budget(job.name ?? T.jobs.unnamed), `page/jobs/${job.id}`, T.problems.open]);
  }
  if (status.queue.oldestReadySeconds > TOO_OLD_SECONDS && status.throughput.minute.perMinute === 0) {
    found.push(T.problems.old(duration(status.queue.oldestReadySeconds)));
  }
  return found;
}

const attention = () => {
  const found = problems();
  return found.length === 0
    ? nothing
    : html`<section class="attention" aria-labelledby="attention">
        <h2 id="attention">${T.overview.attention}</h2>
        <ul>
          ${found.map(
            ([title, text, address, label]) =>
              html`<li><strong>${foreign(title)}.</strong> <span>${foreign(text)}</span>${address
                ? html` <a href=${address}>${label}</a>`
                : nothing}</li>`,
          )}
        </ul>
      </section>`;
};

function figures({ queue, throughput }) {
  const perMinute = throughput.minute.perMinute;
  const going = queue.open - queue.paused;
  const jobs = queue.jobs.queued + queue.jobs.running + queue.jobs.paused;
  return html`<dl class="figures">
    ${figure(T.overview.perMinute, rate(perMinute), T.overview.openNote(queue.open, jobs), 'main')}
    ${figure(
      T.overview.eta,
      going > 0 && perMinute > 0 ? duration((60 * going) / perMinute) : T.none,
      queue.open === 0 ? T.overview.idle : T.overview.etaNote,
    )}
    ${figure(T.overview.success, percent(throughput.hour.successRate), T.overview.decidedNote(throughput.hour.succeeded, throughput.hour.failed))}
    ${figure(T.overview.cost, money(throughput.day.cost), T.overview.reusedNote(throughput.day.reused))}
    ${figure(
      T.overview.ready,
      count(queue.ready),
      queue.oldestReadySeconds === null ? nothing : T.overview.readyNote(duration(queue.oldestReadySeconds)),
    )}
    ${figure(T.overview.running, count(queue.running))}
    ${figure(T.overview.waiting, count(queue.waiting), queue.paused > 0 ? T.overview.pausedNote(queue.paused) : nothing)}
  </dl>`;
}

const waits = ({ queue }) => html`<section class="card">
  <h2>${T.overview.waits}</h2>
  ${queue.waits.length === 0 && queue.paused === 0
    ? html`<p class="dim">${T.overview.waitsEmpty}</p>`
    : html`<ul class="rows">
        ${queue.waits.map(
          (wait) =>
            html`<li><span>${T.waits[wait.reason] ?? wait.reason}</span><span class="num">${T.overview.waitItems(wait.items)}</span
              ><span class="dim">${T.overview.nextTurn} ${soon(wait.until)}</span></li>`,
        )}
        ${queue.paused > 0
          ? html`<li><span>${T.overview.pausedJobs}</span><span class="num">${T.overview.waitItems(queue.paused)}</span
              ><a href="page/jobs?state=paused">${T.overview.showPaused}</a></li>`
          : nothing}
      </ul>`}
</section>`;

const replicas = (status) => html`<section class="card">
  <h2>${T.overview.replicas}</h2>
  ${status.replicas.length === 0
    ? html`<p class="dim">${T.overview.replicasEmpty}</p>`
    : html`<ul class="rows">
        ${status.replicas.map(
          (replica) =>
            html`<li><span>${foreign(replica.node)}</span><span class="dim">${T.overview.started} ${ago(replica.startedAt)}</span
              ><span class="dim">${T.overview.heartbeat} ${ago(replica.heartbeatAt)}</span></li>`,
        )}
      </ul>`}
  <p class="dim small">${T.overview.version(status.version, duration(status.uptimeSeconds))}</p>
</section>`;

function plots(shown, choose) {
  return html`<section class="card plots" aria-labelledby="moving">
    <header>
      <h2 id="moving">${T.overview.throughput}</h2>
      <div class="switch" role="group" aria-label=${T.overview.window}>
        ${WINDOWS.map(
          ([name, minutes]) =>
            html`<button type="button" aria-pressed=${state.minutes === minutes ? 'true' : 'false'} @click=${() => choose(minutes)}>${T.overview[name]}</button>`,
        )}
      </div>
    </header>
    <div class="two">
      <div>
        <header class="plot-head"><h3>${T.overview.plotRate}</h3>${legend(LINES)}</header>
        <div class="plot" id="plot-rate" role="img" aria-label=${T.overview.plotRate}></div>
      </div>
      <div>
        <header class="plot-head"><h3>${T.overview.plotSuccess}</h3></header>
        <div class="plot" id="plot-success" role="img" aria-label=${T.overview.plotSuccess}></div>
      </div>
    </div>
    ${shown.isEmpty ? html`<p class="plot-empty dim">${T.overview.plotEmpty}</p>` : nothing}
  </section>`;
}

export function start(main) {
  let rateShown = null;
  let successShown = null;

  const draw = () => {
    const { status, failure } = state;
    const shown = points(state.history, state.minutes);
    render(
      html`<h1>${T.overview.title}</h1>
        ${attention()}
        ${status
          ? html`${figures(status)} ${plots(shown, choose)}
              <div class="two">${waits(status)}${replicas(status)}</div>
              <section aria-labelledby="models">
                <h2 id="models" class="section">${T.overview.models}</h2>
                <div class="cards">${status.models.map((model) => modelCard(model))}</div>
              </section>`
          : failure
            ? failed(failure)
            : loading(6)}`,
      main,
    );
    if (status) {
      rateShown ??= plot(main.querySelector('#plot-rate'), LINES);
      successShown ??= plot(main.querySelector('#plot-success'), [['success', 'ok']], { percent: true });
      rateShown(shown);
      successShown(shown);
    }
  };

  const readHistory = async (options) => {
    state.history = await get(`status/history?minutes=${state.minutes}`, options);
    draw();
  };
  const choose = (minutes) => {
    state.minutes = minutes;
    readHistory();
  };
  /** Which of the latest paused jobs reached their budget; asked when their number changes. */
  const readPaused = async (options) => {
    const { paused } = state.status.queue.jobs;
    if (paused === state.paused) {
      return;
    }
    const { jobs } = await get('jobs?state=paused&limit=5', options);
    state.paused = paused;
    state.overBudget = jobs.filter((job) => job.paused?.reason === 'budget');
  };
  const readStatus = async (options) => {
    try {
      state.status = await get('status', options);
      state.failure = null;
      await readPaused(options);
    } catch (failure) {
      if (failure instanceof Problem) {
        state.failure = failure;
      }
      throw failure;
    } finally {
      draw();
    }
  };

  draw();
  every(STATUS_EVERY, readStatus);
  every(HISTORY_EVERY, readHistory);
}

