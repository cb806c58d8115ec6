// The models in order of preference: limits, state, and what was learned.
import { html, nothing, render } from '../../webjars/lit-html/lit-html.js';
import { every, get, problemOf, send } from './api.js';
import { ago, count, foreign } from './format.js';
import { attempt, confirm, curl, failed, loading, may, modelCard } from './parts.js';
import { T } from './texts.js';

const EVERY = 3_000;

export function start(main) {
  let models = null;
  let failure = null;

  const forget = async (model) => {
    if (await confirm({ title: T.models.ask(model), text: T.models.text, action: T.models.forget })) {
      await attempt(() => send('DELETE', `models/${encodeURIComponent(model)}/state`), T.models.forgotten);
      await read();
    }
  };

  const details = (model) => html`<dl class="pairs">
      <dt>${T.models.inFlight}</dt>
      <dd class="num">${model.callsInFlight === null ? T.none : count(model.callsInFlight)}</dd>
      <dt>${T.models.throttled}</dt>
      <dd class="num">${count(model.throttled)}${model.throttledInARow > 0 ? html` <span class="dim">(${count(model.throttledInARow)} ${T.models.inARow})</span>` : nothing}</dd>
      <dt>${T.models.others}</dt>
      <dd class="num">${count(model.othersTokensPerMinute)}</dd>
    </dl>
    ${model.capabilities.length > 0
      ? html`<h3>${T.models.leftOut}</h3>
          <ul class="rows">
            ${model.capabilities.map(
              (field) => html`<li><code>${field.leftOut}</code><span class="dim">${foreign(field.reason)}</span><span class="dim">${T.models.sentAgain} ${ago(field.until)}</span></li>`,
            )}
          </ul>`
      : nothing}
    ${may('admin') ? html`<button type="button" class="quiet" @click=${() => forget(model.model)}>${T.models.forget}</button>` : nothing}`;

  const draw = () =>
    render(
      html`<h1>${T.models.title}</h1>
        <p class="dim">${T.models.order}</p>
        ${models
          ? html`<div class="cards">${models.map((model) => modelCard(model, details(model)))}</div>${curl('models')}`
          : failure
            ? failed(failure, () => read())
            : loading()}`,
      main,
    );

  const read = async (options) => {
    failure = await problemOf(async () => {
      models = await get('models', options);
    });
    draw();
  };
  draw();
  every(EVERY, read);
}
