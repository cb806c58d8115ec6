// A key, or an OpenID Connect provider, opens a session.
import { html, nothing, render } from '../../webjars/lit-html/lit-html.js';
import { Problem, send } from './api.js';
import { page } from './parts.js';
import { T } from './texts.js';

const WAY_BACK = 'burnish-to';

/** An address, if it is that of a page of this service; else the overview. */
function ownPage(address) {
  const to = new URL(address ?? 'page/overview', document.baseURI);
  return to.href.startsWith(`${document.baseURI}page/`) ? to.href : `${document.baseURI}page/overview`;
}

const query = new URLSearchParams(location.search);

/** Keeps the page to come back to, while the browser is with the provider. */
function keepWayBack() {
  if (query.has('failed')) {
    return; // It is kept since the try that failed.
  }
  try {
    sessionStorage.setItem(WAY_BACK, ownPage(query.get('to')));
  } catch {
    // Storage is blocked: the way back leads to the overview.
  }
}

/** The page that the sign-in by the provider began at. */
export function wayBack() {
  try {
    return ownPage(sessionStorage.getItem(WAY_BACK));
  } catch {
    return ownPage(null);
  }
}

const byProvider = () => html`
  <a class="button primary" href="page/sign-in/oidc" @click=${keepWayBack}>${T.signIn.provider}</a>
  <p class="or"><span>${T.signIn.or}</span></p>
`;

export function start(main) {
  document.title = `${T.signIn.title} · ${T.name}`;
  let problem = T.signIn.failed[query.get('failed')] ?? null;
  let refused = false;
  let busy = false;

  const submit = async (event) => {
    event.preventDefault();
    const key = new FormData(event.target).get('key').trim();
    if (!/^[\x21-\x7e]+$/.test(key)) {
      problem = T.signIn.wrong;
      refused = true;
      draw();
      return;
    }
    busy = true;
    draw();
    try {
      await send('POST', 'session', undefined, { Authorization: `Bearer ${key}` });
      location.replace(ownPage(query.get('to')));
      return;
    } catch (failure) {
      if (!(failure instanceof Problem)) {
        throw failure;
      }
      problem =
        failure.status === 401 ? T.signIn.wrong : failure.message || T.failures(failure.status, '')[0];
    }
    refused = true;
    busy = false;
    draw();
    main.querySelector('input').select();
  };

  const draw = () =>
    render(
      html`<form class="card sign-in" @submit=${submit}>
        <h1>${T.signIn.title}</h1>
        ${page.oidc === 'true' ? byProvider() : nothing}
        <label>${T.signIn.key}
          <input name="key" type="password" required autocomplete="off" spellcheck="false" aria-describedby="hint problem" aria-invalid=${refused ? 'true' : 'false'} />
        </label>
        <p id="problem" role="alert" class="bad">${problem ?? nothing}</p>
        <p id="hint" class="dim small">${T.signIn.hint}</p>
        <button class=${page.oidc === 'true' ? '' : 'primary'} ?disabled=${busy}>${T.signIn.submit}</button>
      </form>`,
      main,
    );
  draw();
  main.querySelector(page.oidc === 'true' ? 'a.button' : 'input').focus();
}
