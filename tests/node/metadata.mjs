// A published client reads the chain through its metadata.
// Standard input is JSON: the client, metadata by version, a signed extrinsic with what its signature covers, event records, storage entries and constants, all in hexadecimal.
// Standard output is JSON: for each version, what the client read, encoded again where it can, and every warning that it gave.
const warnings = [];
// That both versions of polkadot-js are installed is not the chain's doing.
const keep = (...texts) => texts.join(' ').includes('has multiple versions') || warnings.push(texts.join(' '));
for (const level of ['warn', 'error']) console[level] = keep;

const { readFileSync } = await import('node:fs');
const { getDynamicBuilder, getLookupFn } = await import('@polkadot-api/metadata-builders');
const { decAnyMetadata, metadata: papiMetadata, unifyMetadata } = await import('@polkadot-api/substrate-bindings');

const input = JSON.parse(readFileSync(0, 'utf8'));
const types = input.client === 'papi' ? null : await import(input.client === 'polkadot10' ? 'polkadot-types-10' : '@polkadot/types');
const hex = (bytes) => `0x${Buffer.from(bytes).toString('hex')}`;
const bytes = (text) => Uint8Array.from(Buffer.from(text.slice(2), 'hex'));
const camel = (name) => name.replace(/^[A-Z]+(?=[A-Z0-9][a-z0-9]|$)|^[A-Z]/, (head) => head.toLowerCase());

function polkadot({ Metadata, TypeRegistry, expandMetadata, unwrapStorageType }, text) {
  const registry = new TypeRegistry();
  const metadata = new Metadata(registry, text);
  registry.setMetadata(metadata);
  const chain = expandMetadata(registry, metadata);

  const extrinsic = registry.createType('Extrinsic', input.extrinsic);
  const payload = registry.createType('ExtrinsicPayload', { ...input.implied, method: extrinsic.method.toHex(), era: extrinsic.era.toHex(), nonce: extrinsic.nonce.toHex(), tip: extrinsic.tip.toHex() }, { version: 4 });
  const signed = payload.toU8a({ method: true });
  const events = registry.createType('Vec<EventRecord>', input.events);
  const storage = input.storage.map(({ pallet, item, keys, value }) => {
    const entry = chain.query[camel(pallet)][camel(item)];
    const type = unwrapStorageType(registry, entry.meta.type);
    const decoded = registry.createType(type, bytes(value));
    return { key: hex(keys.length ? entry(keys.length === 1 ? keys[0] : keys) : entry()), again: hex(decoded.toU8a()), human: decoded.toJSON(), docs: entry.meta.docs.map((line) => line.toString()) };
  });
  const error = registry.findMetaError({ index: registry.createType('u8', 8), error: registry.createType('[u8;4]', '0x10000000') });
  return {
    again: hex(metadata.toU8a()),
    types: metadata.asLatest.lookup.types.length,
    pallets: metadata.asLatest.pallets.map((pallet) => pallet.name.toString()),
    apis: metadata.asLatest.apis.map((api) => `${api.name} ${api.methods.length}`),
    extensions: registry.signedExtensions,
    extrinsic: { again: extrinsic.toHex(), hash: extrinsic.hash.toHex(), signer: extrinsic.signer.toString(), nonce: extrinsic.nonce.toNumber(), tip: extrinsic.tip.toString(), era: extrinsic.era.toHuman(), method: extrinsic.method.toHuman() },
    signed: hex(signed.length > 256 ? registry.hash(signed) : signed),
    events: { again: events.toHex(), names: events.map(({ event, phase }) => `${phase.type} ${event.section}.${event.method}`), data: events.map(({ event }) => event.data.toJSON()) },
    storage,
    error: `${error.section}.${error.name}: ${error.docs.join(' ')}`,
    constants: Object.fromEntries(input.constants.map(([pallet, name]) => [`${pallet}.${name}`, chain.consts[camel(pallet)][camel(name)].toJSON()])),
    callDocs: chain.tx.balances.transferKeepAlive.meta.docs.map((line) => line.toString()),
  };
}

const plain = (value) => JSON.parse(JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? each.toString() : each instanceof Uint8Array ? hex(each) : each)) ?? 'null');

function papi(text) {
  const decoded = decAnyMetadata(text);
  const metadata = unifyMetadata(decoded);
  const lookup = getLookupFn(metadata);
  const build = getDynamicBuilder(lookup);
  let built = 0;
  const count = (codec) => { built += codec ? 1 : 0; return codec; };
  for (const pallet of metadata.pallets) {
    for (const entry of pallet.storage?.items ?? []) count(build.buildStorage(pallet.name, entry.name).value.dec);
    for (const constant of pallet.constants) count(build.buildConstant(pallet.name, constant.name).dec(constant.value));
    for (const [kind, make] of [['calls', build.buildCall], ['events', build.buildEvent], ['errors', build.buildError]]) {
      if (pallet[kind] === undefined) continue;
      for (const variant of lookup.metadata.lookup[pallet[kind].type ?? pallet[kind]].def.value) count(make(pallet.name, variant.name).codec.dec);
    }
  }
  for (const api of metadata.apis) for (const method of api.methods) count(build.buildRuntimeCall(api.name, method.name).value.dec);
  const events = build.buildStorage('System', 'Events').value.dec(input.events);
  const version = build.buildConstant('System', 'Version').dec(metadata.pallets[0].constants.find(({ name }) => name === 'Version').value);
  return plain({
    again: hex(papiMetadata.enc(decoded)),
    types: metadata.lookup.length,
    apis: metadata.apis.map((api) => `${api.name} ${api.methods.length}`),
    built,
    extensions: metadata.extrinsic.extensionsByVersion[0].map(({ identifier }) => identifier),
    version: [version.spec_name, version.spec_version, version.transaction_version],
    ss58Prefix: build.ss58Prefix,
    events: { data: events, names: events.map(({ event }) => `${camel(event.type)}.${event.value.type}`) },
    call: (({ location, codec }) => ({ location, arguments: codec.dec(input.callArguments) }))(build.buildCall('Balances', 'transfer_keep_alive')),
    storage: input.storage.map(({ pallet, item, keys, value }) => {
      const { keys: { enc }, value: codec } = build.buildStorage(pallet, item);
      return { key: enc(...keys), again: hex(codec.enc(codec.dec(value))), human: codec.dec(value) };
    }),
    answers: metadata.apis.length === 0 ? [] : input.answers.map(([api, method, answer]) => {
      const { value } = build.buildRuntimeCall(api, method);
      return { again: hex(value.enc(value.dec(answer))), human: value.dec(answer) };
    }),
  });
}

const output = { warnings };
for (const [version, text] of Object.entries(input.metadata)) output[version] = types ? polkadot(types, text) : papi(text);
console.log(JSON.stringify(output));
