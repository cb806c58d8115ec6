// What can be done with jobs, each with a confirmation that names the number.
import { send } from './api.js';
import { confirm, say, sayFailure } from './parts.js';
import { T } from './texts.js';

const FINAL = ['completed', 'cancelled', 'expired'];
const MOST_IDS = 1_000;

/** The actions that the state of a job allows. */
export function allowed(job) {
  const open = !FINAL.includes(job.state);
  return [
    job.state === 'paused' ? 'resume' : open ? 'pause' : null,
    open && !job.cancelRequestedAt ? 'cancel' : null,
    job.counts.failed > 0 ? 'retry' : null,
    open ? null : 'delete',
  ].filter(Boolean);
}

/** The records of a job that an action is about. */
function records(action, { counts }) {
  switch (action) {
    case 'retry':
      return counts.failed;
    case 'delete':
      return counts.total;
    default:
      return counts.pending + counts.running;
  }
}

/**
 * Asks, and does it. `name` is that of the only job, else null. Resolves to whether it was done, at
 * least in part.
 */
export async function act(action, jobs, name = null) {
  const what = name === null ? T.actions.jobs(jobs.length) : T.actions.this(name);
  const concerned = jobs.reduce((sum, job) => sum + records(action, job), 0);
  const agreed = await confirm({
    title: T.actions.ask[action](what),
    text: `${T.actions.records(action, concerned)} ${T.actions.does[action]}`,
    action: T.actions[action],
    danger: action === 'cancel' || action === 'delete',
  });
  if (!agreed) {
    return false;
  }
  try {
    const result = { done: 0, refused: [] };
    for (let from = 0; from < jobs.length; from += MOST_IDS) {
      const ids = jobs.slice(from, from + MOST_IDS).map((job) => job.id);
      const part = await send('POST', 'jobs/actions', { action, ids });
      result.done += part.done;
      result.refused.push(...part.refused);
    }
    if (result.refused.length > 0) {
      say(T.jobs.actionFailed(result.done, result.refused.length, result.refused[0].detail), 'bad');
    } else {
      say(T.actions.done[action](what));
    }
    return true;
  } catch (failure) {
    sayFailure(failure);
    return false;
  }
}
