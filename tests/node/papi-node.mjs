// An unmodified polkadot-api uses a running node, through the new JSON-RPC interface or, where that is hidden, through the legacy one.
// Standard input is JSON: the node's address, hidden method prefixes, metadata versions. Standard output is JSON: what the client saw, the methods it called, and every warning it gave.
const warnings = [];
for (const level of ['warn', 'error', 'log']) console[level] = (...texts) => warnings.push(texts.join(' '));

const { readFileSync } = await import('node:fs');
const { createClient } = await import('polkadot-api');
const { getWsProvider } = await import('polkadot-api/ws');
const { getPolkadotSigner } = await import('polkadot-api/signer');
const { Keyring } = await import('@polkadot/keyring');
const { cryptoWaitReady } = await import('@polkadot/util-crypto');
const { WebSocket } = await import('ws');
const { narrow } = await import('./narrowing-proxy.mjs');

await cryptoWaitReady();
const input = JSON.parse(readFileSync(0, 'utf8'));
const { url, called } = await narrow(input.url, input.hidden, input.versions);
const client = createClient(getWsProvider(url, { websocketClass: WebSocket }));
const api = client.getUnsafeApi();
const keyring = new Keyring({ type: 'sr25519', ss58Format: 30 });
const [alice, bob] = ['//Alice', '//Bob'].map((uri) => keyring.addFromUri(uri));
const signer = (pair) => getPolkadotSigner(pair.publicKey, 'Sr25519', (message) => pair.sign(message));
const free = async (who) => (await api.query.System.Account.getValue(who.address)).data.free;

const final = (call, pair, options) => new Promise((done, refuse) => {
  const path = [];
  call.signSubmitAndWatch(signer(pair), options).subscribe({
    next: (event) => {
      path.push(event.type === 'txBestBlocksState' && event.found ? 'inBest' : event.type);
      if (event.type === 'finalized') done({ path: [...new Set(path)], ok: event.ok, events: event.events.map((one) => `${one.type}.${one.value.type}`), error: event.dispatchError && `${event.dispatchError.type}.${event.dispatchError.value?.type ?? ''}` });
    },
    error: refuse,
  });
});

const seen = { chain: (await client.getChainSpecData()).name };
const transfer = api.tx.Balances.transfer_keep_alive({ dest: { type: 'Id', value: bob.address }, value: 1_234_567_890_123n });
const before = await free(bob);
if (input.versions.some((version) => version > 14)) {
  seen.fee = (await transfer.getEstimatedFees(alice.address)).toString();
  seen.nonce = await api.apis.AccountNonceApi.account_nonce(alice.address);
} else {
  seen.withoutApis = await Promise.resolve().then(() => api.apis.AccountNonceApi.account_nonce(alice.address)).then(() => 'answered', () => 'lacking');
}
seen.transfer = await final(transfer, alice);
seen.received = (await free(bob) - before).toString();
seen.remark = await final(api.tx.System.remark({ remark: new Uint8Array(400).fill(0x11) }), bob);
seen.mortal = await final(transfer, alice, { mortality: { mortal: true, period: 64 }, tip: 5n });
seen.immortal = await final(transfer, alice, { mortality: { mortal: false } });
seen.tooMuch = await final(api.tx.Balances.transfer_keep_alive({ dest: { type: 'Id', value: bob.address }, value: 5n * 10n ** 19n }), alice);
seen.notSudo = await final(api.tx.Sudo.sudo({ call: transfer.decodedCall }), bob);
seen.stale = await transfer.signAndSubmit(signer(alice), { nonce: 0 }).then(() => 'taken', (error) => error.error ? JSON.stringify(error.error) : error.message);
seen.entries = (await api.query.System.Account.getEntries()).length;
seen.issuance = (await api.query.Balances.TotalIssuance.getValue()).toString();
seen.existentialDeposit = (await api.constants.Balances.ExistentialDeposit()).toString();
const block = await client.getFinalizedBlock();
const body = await client.getBlockBody(block.hash);
seen.body = Array.isArray(body) ? body.length : -1;
seen.header = (await client.getBlockHeader(block.hash)).number === block.number;
seen.heights = await new Promise((done) => {
  const heights = [];
  client.finalizedBlock$.subscribe((head) => heights.push(head.number) === 3 && done(heights));
});
seen.called = [...called].sort();
seen.warnings = warnings;
process.stdout.write(JSON.stringify(seen, (_, value) => (typeof value === 'bigint' ? value.toString() : value)), () => process.exit(0));
