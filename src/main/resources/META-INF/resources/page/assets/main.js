// The frame of each page: banner, navigation, what is live, the scheme; then the view.
import { html, nothing, render } from '../../webjars/lit-html/lit-html.js';
import { Problem, send, signInAddress } from './api.js';
import { foreign } from './format.js';
import { attempt, empty, failed, may, page } from './parts.js';
import { T } from './texts.js';

const VIEWS = {
  overview: () => import('./overview.js'),
  jobs: () => import('./jobs.js'),
  job: () => import('./job.js'),
  record: () => import('./record.js'),
  models: () => import('./models.js'),
  keys: () => import('./keys.js'),
  audit: () => import('./audit.js'),
  'sign-in': () => import('./sign-in.js'),
  'signed-in': () => import('./signed-in.js'),
};

const PLACES = [
  ['overview', 'page/overview', 'read'],
  ['jobs', 'page/jobs', 'read'],
  ['models', 'page/models', 'read'],
  ['keys', 'page/keys', 'admin'],
  ['audit', 'page/audit', 'admin'],
];
const RELOAD_AFTER = 5_000;
const WITHIN = { job: 'jobs', record: 'jobs' };

let live = null;
let scheme = document.documentElement.dataset.scheme ?? 'system';

function chooseScheme(event) {
  scheme = event.target.value;
  if (scheme === 'system') {
    delete document.documentElement.dataset.scheme;
  } else {
    document.documentElement.dataset.scheme = scheme;
  }
  try {
    localStorage.setItem('burnish-scheme', scheme);
  } catch {
    // Storage is blocked: the choice holds for this page.
  }
  document.dispatchEvent(new CustomEvent('burnish-scheme'));
}

async function signOut() {
  if (await attempt(() => send('DELETE', 'session'), T.signOut)) {
    location.assign(signInAddress().replace(/\?.*/, ''));
  }
}

const current = WITHIN[page.view] ?? page.view;

const link = ([name, address, role]) =>
  may(role)
    ? html`<a href=${address} aria-current=${name === current ? 'page' : nothing}>${T.nav[name]}</a>`
    : nothing;

const header = () => html`
  <a class="skip" href="${location.href.replace(/#.*/, '')}#main">${T.skip}</a>
  ${page.provider === 'simulated' ? html`<div class="simulated" role="note">${T.simulated}</div>` : nothing}
  <div class="top">
    <a class="brand" href="page/overview"><img src="page/assets/icon.svg" alt="" width="22" height="22" />${T.name}</a>
    ${page.role ? html`<nav aria-label=${T.nav.label}>${PLACES.map(link)}</nav>` : html`<span class="space"></span>`}
    <span class="connection ${live ?? ''}" role="status">${live ? html`<i></i><span>${T.live[live]}</span>` : nothing}</span>
    <label class="scheme"
      ><span class="visually-hidden">${T.scheme.label}</span>
      <select @change=${chooseScheme}>
        ${['system', 'light', 'dark'].map(
          (name) => html`<option value=${name} ?selected=${name === scheme}>${T.scheme[name]}</option>`,
        )}
      </select>
    </label>
    ${page.token
      ? html`<button type="button" class="quiet" title=${T.signedInAs(page.who, page.role)} @click=${signOut}>${T.signOut}</button>`
      : nothing}
  </div>
`;

const frame = document.createElement('header');
frame.className = 'frame';
const main = document.createElement('main');
main.id = 'main';
main.tabIndex = -1;
const toast = document.createElement('div');
toast.id = 'toast';
toast.setAttribute('aria-live', 'polite');
document.body.replaceChildren(frame, main, toast);

const draw = () => render(header(), frame);
document.addEventListener('burnish-live', (event) => {
  if (live !== event.detail) {
    live = event.detail;
    draw();
  }
});
draw();

document.title = `${T.nav[current] ?? T.name} · ${T.name}`;
if (page.view === 'unavailable') {
  render(html`<h1>${T.name}</h1>${failed(new Problem(503), () => location.reload())}`, main);
  setTimeout(() => location.reload(), RELOAD_AFTER);
} else if (page.view === 'forbidden') {
  document.title = `${T.forbidden.title} · ${T.name}`;
  render(html`<h1>${T.forbidden.title}</h1>${empty(foreign(page.who), T.forbidden.text(page.role))}`, main);
} else {
  (await VIEWS[page.view]()).start(main);
}
