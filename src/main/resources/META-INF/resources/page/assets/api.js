// Calls of the public API and its events. Addresses are relative to the base of the document.

const page = document.querySelector('meta[name=burnish]').dataset;

/** A refusal, with what the service says about it; status 0: it could not be reached. */
export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? body?.title ?? '');
    this.status = status;
    this.violations = body?.violations ?? [];
  }
}

/** Runs reads; why they were refused, or null. Any other failure is thrown again. */
export async function problemOf(reads) {
  try {
    await reads();
    return null;
  } catch (caught) {
    if (!(caught instanceof Problem)) {
      throw caught;
    }
    return caught;
  }
}

async function call(method, path, { body, headers = {}, signal } = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      body,
      signal,
      headers: {
        Accept: 'application/json',
        ...(method !== 'GET' && page.token ? { 'X-CSRF-Token': page.token } : {}),
        ...headers,
      },
    });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new Problem(0);
  }
  if (response.ok) {
    return response;
  }
  if (response.status === 401 && page.view !== 'sign-in') {
    location.assign(signInAddress());
  }
  throw new Problem(response.status, await response.json().catch(() => null));
}

/** Where to sign in, and come back from. */
export function signInAddress() {
  const here = location.href.slice(document.baseURI.length);
  return `page/sign-in?to=${encodeURIComponent(here)}`;
}

/** The JSON of a GET. */
export async function get(path, options) {
  return (await call('GET', path, options)).json();
}

/** The body of a GET as a blob, in a media type that a link can't ask for. */
export async function getBlob(path, accept) {
  return (await call('GET', path, { headers: { Accept: accept } })).blob();
}

/** A change; the JSON of the answer, or null. */
export async function send(method, path, json, headers = {}) {
  const response = await call(method, path, {
    body: json === undefined ? undefined : JSON.stringify(json),
    headers: { ...(json === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
  });
  return response.status === 204 ? null : response.json();
}

/** Posts files as one job, or as a dry run. */
export async function sendFiles(path, form, headers = {}) {
  return (await call('POST', path, { body: form, headers })).json();
}

/** A query of the values that are set, with its question mark. */
export function query(values) {
  const set = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '');
  // The same view has the same address, in whatever order its filters were set.
  set.sort(([one], [other]) => (one < other ? -1 : 1));
  return set.length === 0 ? '' : `?${new URLSearchParams(set)}`;
}

function tell(state) {
  document.dispatchEvent(new CustomEvent('burnish-live', { detail: state }));
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;

/**
 * Follows a stream of events. It is closed while the page is hidden, and opened again after a lost
 * connection, with growing waits. `event` gets each state, `again` runs after each reconnect.
 * Returns what stops it.
 */
export function follow(path, event, again) {
  let source = null;
  let timer = 0;
  let wait = FIRST_WAIT;
  let wasOpen = false;
  let stopped = false;

  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  const open = () => {
    close();
    if (stopped) {
      return;
    }
    if (document.hidden) {
      tell('paused');
      return;
    }
    source = new EventSource(path);
    source.onopen = () => {
      wait = FIRST_WAIT;
      tell('live');
      if (wasOpen) {
        again?.();
      }
      wasOpen = true;
    };
    source.addEventListener('job', (message) => event(JSON.parse(message.data)));
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) {
        // A refusal, such as of a session that has ended: this asks for a sign-in then.
        call('GET', 'status').catch(() => {});
      }
      lost();
    };
  };
  const lost = () => {
    close();
    tell('lost');
    timer = setTimeout(open, wait);
    wait = Math.min(2 * wait, LONGEST_WAIT);
  };
  const stop = () => {
    stopped = true;
    close();
    removeEventListener('online', open);
    removeEventListener('offline', lost);
    document.removeEventListener('visibilitychange', open);
    tell(null);
  };
  tell('connecting');
  addEventListener('online', open);
  addEventListener('offline', lost);
  document.addEventListener('visibilitychange', open);
  open();
  return stop;
}

/**
 * Runs work now and again, while the page is visible. Tells whether the service was reached.
 * `work` gets the signal of its requests: a new turn, and a page that is hidden, end the turn before.
 */
export function every(milliseconds, work) {
  let timer = 0;
  let turn = new AbortController();
  const run = async () => {
    clearTimeout(timer);
    turn.abort();
    turn = new AbortController();
    const { signal } = turn;
    if (document.hidden) {
      tell('paused');
      return;
    }
    let reached = 'live';
    try {
      await work({ signal });
    } catch (failure) {
      if (failure.name === 'AbortError') {
        return;
      }
      if (!(failure instanceof Problem)) {
        throw failure;
      }
      reached = failure.status === 0 || failure.status >= 500 ? 'lost' : 'live';
    } finally {
      if (!signal.aborted) {
        timer = setTimeout(run, milliseconds);
      }
    }
    if (!signal.aborted) {
      tell(reached);
    }
  };
  addEventListener('online', run);
  document.addEventListener('visibilitychange', run);
  run();
}
