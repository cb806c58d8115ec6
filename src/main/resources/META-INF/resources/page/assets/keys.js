// The keys of the service, for administrators.
import { html, nothing, render } from '../../webjars/lit-html/lit-html.js';
import { get, problemOf, query, send } from './api.js';
import { ago, foreign } from './format.js';
import { attempt, confirm, copy, curl, dialog, empty, failed, loading } from './parts.js';
import { T } from './texts.js';

const K = T.keys;

export function start(main) {
  let keys = null;
  let next = null;
  let failure = null;

  const show = ({ key, secret }) =>
    dialog(
      () => html`<form method="dialog">
        <h2 id="secret-title">${K.secretTitle}</h2>
        <p>${foreign(key.name)} · ${key.role} · ${foreign(key.owner)}</p>
        <div class="curl"><code class="secret" tabindex="0">${secret}</code>${copy(secret)}</div>
        <p class="dim">${K.secretText}</p>
        <div class="buttons"><button class="primary" value="">${K.copied}</button></div>
      </form>`,
    );

  const change = async (work) => {
    try {
      await show(await work());
    } catch (caught) {
      await attempt(() => Promise.reject(caught), '');
    }
    await read(null);
  };

  const create = async () => {
    let wanted = null;
    await dialog(
      (box) => html`<form method="dialog"
        @submit=${(event) => {
          if (event.submitter?.value === 'create') {
            wanted = Object.fromEntries(new FormData(event.target));
          }
        }}
      >
        <h2 id="create-title">${K.create}</h2>
        <label>${K.name}<input name="name" required maxlength="200" autocomplete="off" autofocus dir="auto" /></label>
        <fieldset>
          <legend>${K.role}</legend>
          ${['read', 'submit', 'admin'].map(
            (role) => html`<label class="choice"><input type="radio" name="role" value=${role} ?checked=${role === 'submit'} /> ${K.roles[role]}</label>`,
          )}
        </fieldset>
        <label>${K.owner}<input name="owner" required maxlength="200" pattern="[!-~]+" autocomplete="off" aria-describedby="owner-hint" /></label>
        <p class="dim small" id="owner-hint">${K.createText}</p>
        <label>${K.expires}<input name="expiresAt" type="datetime-local" /></label>
        <fieldset>
          <legend>${K.limits} <span class="dim small">${K.optional}</span></legend>
          <div class="two even">
            ${Object.entries(K.limitNames).map(
              ([name, label]) =>
                html`<label>${label}<input name=${name} type="number" min=${name === 'costPerDay' ? '0.01' : '1'} step=${name === 'costPerDay' ? '0.01' : '1'} /></label>`,
            )}
          </div>
        </fieldset>
        <div class="buttons">
          <button type="button" @click=${() => box.close()}>${T.back}</button>
          <button class="primary" value="create">${K.create}</button>
        </div>
      </form>`,
    );
    if (wanted) {
      const { name, role, owner, expiresAt, ...given } = wanted;
      const set = Object.entries(given)
        .filter(([, limit]) => limit !== '')
        .map(([limit, value]) => [limit, Number(value)]);
      await change(() =>
        send('POST', 'keys', {
          name,
          role,
          owner,
          ...(expiresAt ? { expiresAt: new Date(expiresAt).toISOString() } : {}),
          ...(set.length > 0 ? { limits: Object.fromEntries(set) } : {}),
        }),
      );
    }
  };

  const rotate = async (key) => {
    if (await confirm({ title: K.askRotate(key.name), text: K.rotateText, action: K.rotate })) {
      await change(() => send('POST', `keys/${key.id}/rotate`));
    }
  };

  const revoke = async (key) => {
    let pause = false;
    const extra = html`<label class="choice"><input type="checkbox" @change=${(event) => (pause = event.target.checked)} /> ${K.pauseJobs}</label>`;
    if (await confirm({ title: K.askRevoke(key.name), text: K.revokeText, action: K.revoke, danger: true, extra })) {
      await attempt(
        () => send('DELETE', `keys/${key.id}${query({ jobs: pause ? 'pause' : null })}`),
        (result) => K.revoked(result.pausedJobs),
      );
      await read(null);
    }
  };

  const limits = (key) => {
    const set = Object.entries(key.limits ?? {}).filter(([, limit]) => limit !== null);
    return set.length === 0
      ? html`<span class="dim">${K.noLimits}</span>`
      : set.map(([name, limit]) => html`<span class="block num">${K.limitTexts[name]?.(limit) ?? `${name} ${limit}`}</span>`);
  };

  const row = (key) => html`<tr>
    <td>${foreign(key.name)}</td>
    <td>${key.role}</td>
    <td>${foreign(key.owner)}</td>
    <td><span class="chip ${key.state}">${K.states[key.state]}</span></td>
    <td>${ago(key.createdAt)} <span class="dim">${K.by} ${foreign(key.createdBy)}</span></td>
    <td>${key.lastUsedAt ? ago(key.lastUsedAt) : html`<span class="dim">${K.unused}</span>`}</td>
    <td>${limits(key)}</td>
    <td>${key.expiresAt ? ago(key.expiresAt) : html`<span class="dim">${K.never}</span>`}</td>
    <td class="end">
      ${key.state === 'active'
        ? html`<button type="button" class="quiet" @click=${() => rotate(key)}>${K.rotate}<span class="visually-hidden"> ${key.name}</span></button>
            <button type="button" class="quiet danger" @click=${() => revoke(key)}>${K.revoke}<span class="visually-hidden"> ${key.name}</span></button>`
        : nothing}
    </td>
  </tr>`;

  const HEADS = ['name', 'role', 'owner', 'state', 'created', 'lastUsed', 'limits', 'expires'];
  const draw = () =>
    render(
      html`<div class="title"><h1>${K.title}</h1><button type="button" class="primary" @click=${create}>${K.create}</button></div>
        ${failure
          ? failed(failure, () => read(null))
          : keys === null
            ? loading()
            : keys.length === 0
              ? empty(K.none, K.noneText)
              : html`<div class="table" role="region" aria-label=${K.title} tabindex="0"><table>
                    <thead><tr>${HEADS.map((name) => html`<th scope="col">${K[name]}</th>`)}<td></td></tr></thead>
                    <tbody>${keys.map(row)}</tbody>
                  </table></div>
                  ${next ? html`<button type="button" @click=${() => read(next)}>${K.older}</button>` : nothing} ${curl('keys')}`}`,
      main,
    );

  const read = async (cursor) => {
    failure = await problemOf(async () => {
      const found = await get(`keys${query({ cursor })}`);
      keys = cursor ? [...keys, ...found.keys] : found.keys;
      next = found.next;
    });
    draw();
  };
  draw();
  read(null);
}
