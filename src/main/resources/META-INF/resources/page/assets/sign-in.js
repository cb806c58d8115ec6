// A key opens a session.
import { html, nothing, render } from '../../webjars/lit-html/lit-html.js';
import { Problem, send } from './api.js';
import { page } from './parts.js';
import { T } from './texts.js';

/** The page to come back to, if it is one of this service. */
function target() {
  const to = new URL(new URLSearchParams(location.search).get('to') ?? 'page/overview', document.baseURI);
  return to.href.startsWith(`${document.baseURI}page/`) ? to.href : `${document.baseURI}page/overview`;
}

export function start(main) {
  document.title = `${T.signIn.title} · ${T.name}`;
  let problem = null;
  let busy = false;

  const submit = async (event) => {
    event.preventDefault();
    const key = new FormData(event.target).get('key').trim();
    if (!/^[\x21-\x7e]+$/.test(key)) {
      problem = T.signIn.wrong;
      draw();
      return;
    }
    busy = true;
    draw();
    try {
      await send('POST', 'session', undefined, { Authorization: `Bearer ${key}` });
      location.replace(target());
      return;
    } catch (failure) {
      if (!(failure instanceof Problem)) {
        throw failure;
      }
      problem =
        failure.status === 401 ? T.signIn.wrong : failure.message || T.failures(failure.status, '')[0];
    }
    busy = false;
    draw();
    main.querySelector('input').select();
  };

  const draw = () =>
    render(
      html`<form class="card sign-in" @submit=${submit}>
        <h1>${T.signIn.title}</h1>
        <label>${T.signIn.key}
          <input name="key" type="password" required autofocus autocomplete="off" spellcheck="false" aria-describedby="hint problem" aria-invalid=${problem ? 'true' : 'false'} />
        </label>
        <p id="problem" role="alert" class="bad">${problem ?? nothing}</p>
        <p id="hint" class="dim small">${T.signIn.hint}${page.auth === 'oidc' ? ` ${T.signIn.oidc}` : ''}</p>
        <button class="primary" ?disabled=${busy}>${T.signIn.submit}</button>
      </form>`,
      main,
    );
  draw();
  main.querySelector('input').focus();
}
