// The end of a sign-in by an OpenID Connect provider: the session is open, and this leads back.
import { html, render } from '../../webjars/lit-html/lit-html.js';
import { wayBack } from './sign-in.js';
import { T } from './texts.js';

export function start(main) {
  document.title = `${T.signIn.done} · ${T.name}`;
  const to = wayBack();
  render(html`<h1>${T.signIn.done}</h1><p><a href=${to}>${T.signIn.goOn}</a></p>`, main);
  location.replace(to);
}
