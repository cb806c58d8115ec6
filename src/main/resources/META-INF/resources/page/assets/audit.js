// Who changed what, for administrators.
import { html, nothing, render } from '../../webjars/lit-html/lit-html.js';
import { get, problemOf, query } from './api.js';
import { ago, foreign } from './format.js';
import { curl, empty, failed, loading } from './parts.js';
import { T } from './texts.js';

export function start(main) {
  let entries = null;
  let next = null;
  let failure = null;

  const row = (entry) => html`<tr>
    <td>${ago(entry.at)}</td>
    <td>${foreign(entry.who)} <span class="dim">${entry.role}</span></td>
    <td><code>${entry.operation}</code></td>
    <td class="wide"><code>${foreign(entry.address)}</code></td>
    <td class="num ${entry.status >= 400 ? 'bad' : ''}">${entry.status ?? html`<span class="dim" title=${T.audit.noStatus}>${T.none}</span>`}</td>
    <td class="num dim">${entry.source}</td>
  </tr>`;

  const draw = () =>
    render(
      html`<h1>${T.audit.title}</h1>
        <p class="dim">${T.audit.text}</p>
        ${failure
          ? failed(failure, () => read(null))
          : entries === null
            ? loading()
            : entries.length === 0
              ? empty(T.audit.none, T.audit.noneText)
              : html`<div class="table" role="region" aria-label=${T.audit.title} tabindex="0"><table>
                    <thead><tr>${['at', 'who', 'operation', 'address', 'status', 'source'].map((name) => html`<th scope="col">${T.audit[name]}</th>`)}</tr></thead>
                    <tbody>${entries.map(row)}</tbody>
                  </table></div>
                  ${next ? html`<button type="button" @click=${() => read(next)}>${T.audit.older}</button>` : nothing} ${curl('audit')}`}`,
      main,
    );

  const read = async (cursor) => {
    failure = await problemOf(async () => {
      const found = await get(`audit${query({ limit: 100, cursor })}`);
      entries = cursor ? [...entries, ...found.entries] : found.entries;
      next = found.next;
    });
    draw();
  };
  draw();
  read(null);
}
