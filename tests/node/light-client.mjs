// A light client that does what the lines on standard input say, one JSON object a line, and answers each with one. Its log goes to standard error.
import { createInterface } from 'node:readline';
import { start } from 'smoldot';

const client = start({ maxLogLevel: Number(process.env.SMOLDOT_LOG ?? 3), logCallback: (level, target, message) => console.error(`${level} ${target}: ${message}`) });
let chain, nextId = 1;
const calls = new Map(), subscriptions = new Map(), early = new Map(), seen = { newBlock: new Set(), finalized: new Set(), statuses: new Map() };
let waiting = [];

const call = (method, params = []) => new Promise((resolve, reject) => {
  const id = nextId++;
  calls.set(id, { resolve, reject });
  chain.sendJsonRpc(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
});

const subscribe = async (method, params, listener) => {
  const subscription = await call(method, params);
  subscriptions.set(subscription, listener);
  for (const result of early.get(subscription) ?? []) listener(result);
  return subscription;
};

const check = () => { waiting = waiting.filter(({ isDone, resolve }) => !isDone() || (resolve(true), false)); };
const until = isDone => new Promise(resolve => { waiting.push({ isDone, resolve }); check(); });

async function pump() {
  for await (const text of chain.jsonRpcResponses) {
    const message = JSON.parse(text);
    if (message.id !== undefined) {
      const { resolve, reject } = calls.get(message.id);
      calls.delete(message.id);
      if (message.error) reject(new Error(message.error.message)); else resolve(message.result);
      continue;
    }

    const { subscription, result } = message.params, listener = subscriptions.get(subscription);
    if (listener) listener(result); else early.set(subscription, [...(early.get(subscription) ?? []), result]);
  }
}

let follow;
function follows(event) {
  if (event.event === 'initialized') event.finalizedBlockHashes.forEach(hash => seen.finalized.add(hash));
  if (event.event === 'newBlock') seen.newBlock.add(event.blockHash);
  if (event.event === 'finalized') event.finalizedBlockHashes.forEach(hash => seen.finalized.add(hash));
  if (event.event.startsWith('operation')) { operations.set(event.operationId, [...(operations.get(event.operationId) ?? []), event]); }
  if (event.event === 'stop') subscribe('chainHead_v1_follow', [true], follows).then(id => { follow = id; });
  check();
}

const operations = new Map();
const ends = ['operationStorageDone', 'operationCallDone', 'operationBodyDone', 'operationError', 'operationInaccessible', 'operationWaitingForContinue'];
async function operate(method, params) {
  const { result, operationId } = await call(method, [follow, ...params]);
  if (result !== 'started') throw new Error(`${method}: ${result}`);
  await until(() => operations.get(operationId)?.some(event => ends.includes(event.event)));
  return operations.get(operationId);
}

const commands = {
  async add({ spec }) {
    chain = await client.addChain({ chainSpec: spec });
    pump();
    follow = await subscribe('chainHead_v1_follow', [true], follows);
    return true;
  },
  remove() { chain.remove(); return true; },
  rpc: ({ method, params }) => call(method, params),
  operate: ({ method, params }) => operate(method, params),
  until: ({ event, hash }) => until(() => seen[event].has(hash)),
  async submit({ extrinsic }) {
    const statuses = [];
    seen.statuses.set(extrinsic, statuses);
    await subscribe('author_submitAndWatchExtrinsic', [extrinsic], status => { statuses.push(typeof status === 'string' ? status : Object.keys(status)[0]); check(); });
    return true;
  },
  async status({ extrinsic, status }) {
    await until(() => seen.statuses.get(extrinsic).includes(status));
    return seen.statuses.get(extrinsic);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  try {
    console.log(JSON.stringify({ result: await commands[command.do](command) }));
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }));
  }
}

await client.terminate();
process.exit(0);
