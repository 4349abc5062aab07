// An unmodified @polkadot/api sees Phala's pallets and sends a contract a command; a worker's session, which is signed here, reports what became of it.
// Standard input is JSON: the node's address. Standard output is JSON: what the client saw.
console.warn = console.log = () => {};
const { readFileSync } = await import('node:fs');
const input = JSON.parse(readFileSync(0, 'utf8'));
const { ApiPromise, WsProvider, Keyring } = await import('@polkadot/api');
const { blake2AsU8a } = await import('@polkadot/util-crypto');
const { u8aConcat, u8aToHex, stringToU8a } = await import('@polkadot/util');

const api = await ApiPromise.create({ provider: new WsProvider(input.url), noInitWarn: true });
const keyring = new Keyring({ type: 'sr25519', ss58Format: api.registry.chainSS58 });
const [alice, charlie, identity, session] = ['//Alice', '//Charlie', '//Worker', '//Worker//session'].map((uri) => keyring.addFromUri(uri));
const publicKey = (pair) => u8aToHex(pair.publicKey);
const measurement = `0x${'a1'.repeat(32)}`;
const zeros = (count) => `0x${'00'.repeat(count)}`;

// polkadot.js passes over a block in which it is still looking for events when that block becomes final: then the next status says so.
const blockOf = (status) => (status.isInBlock ? status.asInBlock : status.isFinalized ? status.asFinalized : null);
const included = (call, signer) => new Promise((done, refuse) => {
  call.signAndSend(signer, { nonce: -1 }, ({ status, events, dispatchError }) => {
    if (dispatchError) refuse(new Error(dispatchError.isModule ? api.registry.findMetaError(dispatchError.asModule).name : dispatchError.toString()));
    else if (blockOf(status)) done({ events: events.map(({ event }) => event), block: blockOf(status).toHex() });
    else if (status.isInvalid || status.isDropped || status.isUsurped) refuse(new Error(status.type));
  }).catch(refuse);
});
const root = async (call) => {
  const result = await included(api.tx.sudo.sudo(call), alice);
  const outcome = result.events.find((event) => event.method === 'Sudid').data[0];
  if (outcome.isErr) throw new Error(outcome.toString());
  return result;
};
// Sends without a signature, and waits for the block that has it.
const bare = (call) => new Promise((done, refuse) => {
  api.rpc.author.submitAndWatchExtrinsic(call, async (status) => {
    if (status.isInvalid || status.isDropped || status.isUsurped) refuse(new Error(status.type));
    if (!blockOf(status)) return;
    const records = await (await api.at(blockOf(status))).query.system.events();
    done(records.filter(({ phase }) => phase.isApplyExtrinsic).map(({ event }) => event));
  }).catch(refuse);
});
const named = (events, name) => events.filter((event) => `${event.section}.${event.method}` === name).map((event) => event.data.toJSON());

const pallets = ['phalaMq', 'phalaRegistry', 'phalaPhatContracts'];
const seen = { calls: Object.fromEntries(pallets.map((name) => [name, Object.keys(api.tx[name]).sort()])), storage: Object.fromEntries(pallets.map((name) => [name, Object.keys(api.query[name]).filter((item) => item !== 'palletVersion').length])) };
seen.maxPayload = api.consts.phalaMq.maxPayload.toNumber();

await root(api.tx.utility.batchAll([api.tx.phalaRegistry.addPruntime(measurement), api.tx.phalaRegistry.forceRegisterWorker(publicKey(identity), publicKey(identity), null)]));
const head = await api.rpc.chain.getHeader();
const claim = {
  genesis: api.genesisHash, identity: publicKey(identity), signingKey: publicKey(session), encryptionKey: zeros(32), bootNonce: zeros(32), lease: 0,
  block: { hash: head.hash, number: head.number.unwrap() }, queue: await (await api.at(head.hash)).query.phalaMq.queueHead(),
};
const unsigned = api.tx.phalaRegistry.recordSession({ claim, report: { InsecureDev: [measurement, zeros(64)] }, identitySignature: zeros(64), sessionSignature: zeros(64) });
const reportData = blake2AsU8a(u8aConcat(stringToU8a('phala session'), unsigned.args[0].claim.toU8a()), 512);
seen.session = named(await bare(api.tx.phalaRegistry.recordSession({
  claim, report: { InsecureDev: [measurement, reportData] }, identitySignature: identity.sign(reportData), sessionSignature: session.sign(reportData),
})), 'phalaRegistry.SessionRecorded');

const made = await root(api.tx.phalaPhatContracts.addCluster(alice.address, 'Public', [publicKey(identity)], 0, 1, 1, 1, alice.address));
const [cluster, contract] = named(made.events, 'phalaPhatContracts.ClusterCreated')[0];
const command = await included(api.tx.phalaPhatContracts.pushContractMessage(contract, '0x010203', 0), charlie);
seen.pushed = named(command.events, 'phalaMq.Pushed');
const after = await api.at(command.block);
seen.outbound = (await after.query.phalaMq.outboundMessages()).map((message) => message.payload.toHex());

const receipt = { id: seen.pushed[0][0], contract, status: 'Executed', commitment: `0x${'33'.repeat(32)}`, gasBucket: 20, sealed: '0x0405' };
const report = { cluster, queue: await after.query.phalaMq.queueHead(), previous: zeros(32), stateRoot: `0x${'44'.repeat(32)}`, receiptsRoot: zeros(32), receipts: [receipt] };
const draft = api.tx.phalaPhatContracts.reportEntry({ report, worker: publicKey(identity), signature: zeros(64) });
// The trie of one item: a leaf for the key 00 that holds the hash of its value.
report.receiptsRoot = u8aToHex(blake2AsU8a(u8aConcat([0x22, 0x00], blake2AsU8a(draft.args[0].report.receipts[0].toU8a()))));
const final = api.tx.phalaPhatContracts.reportEntry({ report, worker: publicKey(identity), signature: zeros(64) });
const signature = session.sign(u8aConcat([0xff, 0x10], blake2AsU8a(final.args[0].report.toU8a())));
const told = await bare(api.tx.phalaPhatContracts.reportEntry({ report, worker: publicKey(identity), signature }));
seen.executed = named(told, 'phalaPhatContracts.CommandExecuted');
seen.anchored = named(told, 'phalaPhatContracts.ClusterAnchored').length;
seen.anchor = (await api.query.phalaPhatContracts.clusterAnchors(cluster)).unwrap().stateRoot.toHex();
seen.digest = (await api.rpc.chain.getHeader(command.block)).digest.logs.filter((log) => log.isConsensus && log.asConsensus[0].toString() === 'phmq').length;
seen.contract = contract;
process.stdout.write(JSON.stringify(seen), () => process.exit(0));
