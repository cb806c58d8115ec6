// Uses the generated client as a pipeline would; bench/generated-client runs it. Its types come from the contract, so a field
// that the contract does not have is an error of the compiler.
import { client } from './client/client.gen';
import {
  actOnJobs, cancelJob, changeJob, deleteJob, followJob, getFailures, getHistory, getItem, getJob, getJobHistory, getModels,
  getResults, getStatus, getTracking, listItems, listJobs, listProfiles, pauseJob, postJob, resumeJob, retryJob,
} from './client/sdk.gen';

const address = process.argv[2];
client.setConfig({ baseUrl: address, throwOnError: true });
const calls: string[] = [];

async function call<T>(name: string, made: Promise<{ data?: T; response?: Response }>, status = 200): Promise<T> {
  const { data, response } = await made;
  if (response?.status !== status) {
    throw new Error(`${name}: status ${response?.status}, not ${status}: ${JSON.stringify(data)}`);
  }
  calls.push(name);
  return data as T;
}

function expect(what: string, holds: boolean): void {
  if (!holds) {
    throw new Error(`not so: ${what}`);
  }
}

const records = [
  { discount_id: '1', title: `20% off lamps ${Date.now()}`, price: '20% OFF' },
  { discount_id: '2', title: 'N/A', price: 'N/A', description: 'N/A', terms_and_conditions: 'N/A' },
];

const others = [{ discount_id: '3', title: `30% off chairs ${Date.now()}`, price: '30% OFF' }];

async function run(): Promise<void> {
  const estimate = await call('dry run', postJob({ body: records, query: { dryRun: true } }));
  expect('an estimate counts records', 'toAsk' in estimate && estimate.records === 2);
  const posted = await call('post', postJob({ body: { name: 'generated', records } }), 202);
  if (!('state' in posted)) {
    throw new Error('a post answers with a job');
  }
  const path = { id: posted.id };
  const ended = await call('get and wait', getJob({ path, query: { wait: 30 } }));
  expect('the job is partial', ended.outcome === 'partial' && ended.counts.succeeded === 1);
  const { stream } = await followJob({ path });
  for await (const event of stream) {
    expect('an event is a job', JSON.stringify(event).includes(path.id));
    break;
  }
  calls.push('events');
  const jobs = await call('list', listJobs({ query: { name: 'generated', limit: 1 } }));
  expect('the newest job is first', jobs.jobs[0].id === path.id);
  const results = await call('results', getResults({ path, query: { evidence: true } }));
  expect('a result has a price', Array.isArray(results) && results[0].price === 20);
  expect('a failure has a code', JSON.stringify(await call('failures', getFailures({ path }))).includes('nothing_to_enhance'));
  const items = await call('items', listItems({ path }));
  expect('there are two items', items.items.length === 2);
  const item = await call('item', getItem({ path: { ...path, seq: 0 } }));
  expect('an item has its attempts', item.attempts.length === 1);
  await call('history of the job', getJobHistory({ path }));
  await call('retry', retryJob({ path, body: { code: 'price_not_in_source' } }));
  await call('change', changeJob({ path, body: { name: 'renamed' } }));
  const paused = await call('post with a budget', postJob({ body: { options: { maxTokens: 1 }, records: others } }), 202);
  const open = { id: (paused as typeof posted).id };
  await call('pause', pauseJob({ path: open }));
  await call('resume', resumeJob({ path: open }));
  const cancelled = await call('cancel', cancelJob({ path: open }));
  expect('it is cancelled', cancelled.cancelRequestedAt !== null);
  const acted = await call('actions', actOnJobs({ body: { action: 'cancel', ids: [open.id] } }));
  expect('one job matched', acted.matched === 1);
  await call('delete', deleteJob({ path }), 204);
  const status = await call('status', getStatus());
  expect('the status has models', status.models.length > 0);
  await call('history', getHistory());
  await call('models', getModels());
  await call('profiles', listProfiles());
  await call('tracking', getTracking());
  console.log(`${calls.length} calls by the generated client: ${calls.join(', ')}`);
}

run().catch((error) => {
  console.error(error);
  process.exit(1);
});
