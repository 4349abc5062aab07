// An unmodified @polkadot/api uses a running node as any wallet or explorer does.
// Standard input is JSON: the version of the client and the node's address. Standard output is JSON: what the client saw, and every warning it gave.
const warnings = [];
// That both versions of polkadot-js are installed is not the chain's doing.
const keep = (...texts) => texts.join(' ').includes('has multiple versions') || warnings.push(texts.join(' '));
for (const level of ['warn', 'error', 'log']) console[level] = keep;

const { readFileSync } = await import('node:fs');
const input = JSON.parse(readFileSync(0, 'utf8'));
const { ApiPromise, WsProvider, Keyring } = await import(input.client === 'polkadot10' ? 'polkadot-api-10' : '@polkadot/api');

const api = await ApiPromise.create({ provider: new WsProvider(input.url), noInitWarn: false });
const keyring = new Keyring({ type: 'sr25519', ss58Format: api.registry.chainSS58 });
const [alice, bob, dave] = ['//Alice', '//Bob', '//Dave'].map((uri) => keyring.addFromUri(uri));
const eve = keyring.addFromUri('//Eve', {}, 'ed25519');
const ferdie = keyring.addFromUri('//Ferdie', {}, 'ecdsa');
const free = async (who, at = api) => (await at.query.system.account(who.address)).data.free.toBigInt();
const names = (events) => events.map(({ event }) => `${event.section}.${event.method}`);
const failure = (error) => (error?.isModule ? api.registry.findMetaError(error.asModule).name : error?.toString());

// Sends, and waits until the transaction is final.
const final = (call, signer, options = {}) => new Promise((done, refuse) => {
  const path = [];
  call.signAndSend(signer, options, ({ status, events, dispatchError }) => {
    path.push(status.type);
    if (status.isFinalized) done({ path, events: names(events), error: failure(dispatchError), block: status.asFinalized.toHex() });
    else if (status.isInvalid || status.isDropped || status.isUsurped) refuse(new Error(status.type));
  }).catch(refuse);
});

const seen = {
  chain: (await api.rpc.system.chain()).toString(),
  ss58: api.registry.chainSS58,
  decimals: api.registry.chainDecimals[0],
  token: api.registry.chainTokens[0],
  metadata: api.runtimeMetadata.version,
  spec: api.runtimeVersion.specName.toString(),
};

const changes = [];
const stopWatching = await api.query.system.account(dave.address, ({ data }) => changes.push(data.free.toString()));
const start = await api.rpc.chain.getFinalizedHead();
const [aliceBefore, bobBefore] = [await free(alice), await free(bob)];
const transfer = api.tx.balances.transferKeepAlive(bob.address, 1_234_567_890_123n);
seen.fee = (await transfer.paymentInfo(alice)).partialFee.toString();
seen.transfer = await final(transfer, alice);
seen.received = (await free(bob) - bobBefore).toString();
seen.paid = (aliceBefore - await free(alice)).toString();
seen.receivedBefore = (await free(bob, await api.at(start)) - bobBefore).toString();
seen.remark = await final(api.tx.system.remark(`0x${'11'.repeat(400)}`), bob);
seen.batch = await final(api.tx.utility.batchAll([eve, ferdie, dave].map((to) => api.tx.balances.transferKeepAlive(to.address, 5_000_000_000_000n))), alice, { tip: 7n });
seen.ed25519 = await final(api.tx.system.remarkWithEvent('0x01'), eve);
seen.ecdsa = await final(api.tx.system.remarkWithEvent('0x02'), ferdie);
seen.tooMuch = await final(api.tx.balances.transferKeepAlive(bob.address, 5n * 10n ** 19n), alice);
seen.interrupted = await final(api.tx.utility.batch([api.tx.system.remark('0x'), api.tx.balances.transferKeepAlive(bob.address, 5n * 10n ** 19n)]), alice);
seen.sudo = await final(api.tx.sudo.sudo(api.tx.balances.forceSetBalance(dave.address, 77_000_000_000_000n)), alice);
seen.notSudo = await final(api.tx.sudo.sudo(api.tx.system.remark('0x')), bob);
seen.dave = (await free(dave)).toString();
seen.immortal = await final(api.tx.system.remark('0x03'), alice, { era: 0 });
seen.stale = await api.tx.system.remark('0x04').signAndSend(alice, { nonce: 0 }).then(() => 'taken', (error) => error.message);
seen.poor = await api.tx.system.remark('0x05').signAndSend(keyring.addFromUri('//Nobody')).then(() => 'taken', (error) => error.message);
const tampered = api.tx.system.remark('0x06');
await tampered.signAsync(alice);
const bytes = tampered.toU8a();
bytes[60] ^= 1;
seen.tampered = await api.rpc.author.submitExtrinsic(bytes).then(() => 'taken', (error) => error.message);

seen.entries = (await api.query.system.account.entries()).length;
seen.keys = (await api.query.system.account.keys()).length;
seen.nonce = (await api.query.system.account(alice.address)).nonce.toNumber();
seen.nextIndex = (await api.rpc.system.accountNextIndex(alice.address)).toNumber();
if (api.call.accountNonceApi) seen.runtimeNonce = (await api.call.accountNonceApi.accountNonce(alice.address)).toNumber();
if (api.call.transactionPaymentApi) seen.runtimeFee = (await api.call.transactionPaymentApi.queryInfo(transfer.toU8a(), transfer.encodedLength)).partialFee.toString();
seen.issuance = (await api.query.balances.totalIssuance()).toString();
seen.existentialDeposit = api.consts.balances.existentialDeposit.toString();
const block = await api.rpc.chain.getBlock(seen.transfer.block);
seen.blockCalls = block.block.extrinsics.map(({ method }) => `${method.section}.${method.method}`);
const heads = [];
await new Promise((done) => api.derive.chain.subscribeNewHeads((head) => heads.push([head.number.toNumber(), head.author?.toString()]) === 2 && done()));
seen.heads = heads;
seen.finalized = await new Promise((done) => api.rpc.chain.subscribeFinalizedHeads((head) => done(head.number.toNumber())));
stopWatching();
seen.changes = changes;
seen.warnings = warnings;
process.stdout.write(JSON.stringify(seen), () => process.exit(0));
