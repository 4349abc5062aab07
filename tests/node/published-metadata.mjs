// Compares the pallets of a chain's metadata with those of the same name in published metadata of public chains.
// Standard input is the chain's metadata in hexadecimal; standard output has a line for each call, event, error,
// storage item and constant that public chains know otherwise or not at all, and how many were compared.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { decAnyMetadata, unifyMetadata } from '@polkadot-api/substrate-bindings';
import { getLookupFn } from '@polkadot-api/metadata-builders';

const require = createRequire(import.meta.url);
const published = ['v16/substrate', 'v15/polkadot', 'v15/kusama', 'v15/asset-hub-polkadot', 'v14/substrate']
  .map((name) => [name, require(`@polkadot/types-support/metadata/${name}-hex`).default]);

// The shape of a type in words: names of fields and variants count, names of types do not; enumerations of the runtime itself (calls, origins, reasons) are any.
function describe(lookup, id, depth = 0) {
  const type = typeof id === 'number' ? lookup(id) : id;
  if (depth > 6) return '…';
  const of = (inner) => describe(lookup, inner, depth + 1);
  switch (type.type) {
    case 'primitive': return type.value;
    case 'compact': return `compact ${type.isBig}/${type.size}`;
    case 'sequence': return `[${of(type.value)}]`;
    case 'array': return type.len === undefined ? '?' : `[${of(type.value)}; ${type.len}]`;
    case 'tuple': return `(${type.value.map(of).join(', ')})`;
    case 'struct': return `{${Object.entries(type.value).map(([name, inner]) => `${name}: ${of(inner)}`).join(', ')}}`;
    case 'option': return `option ${of(type.value)}`;
    case 'result': return `result ${of(type.value.ok)} ${of(type.value.ko)}`;
    case 'enum': return isOfTheRuntime(type) ? 'any of the runtime' : `<${Object.entries(type.value).map(([name, inner]) => `${inner.idx} ${name} ${variant(of, inner)}`).join(', ')}>`;
    default: return type.type;
  }
}
const variant = (of, inner) => (inner.type === 'lookupEntry' ? of(inner.value) : of(inner));
const isOfTheRuntime = (type) => 'System' in type.value && ('Balances' in type.value || 'Timestamp' in type.value) || Object.keys(type.value).some((name) => name === 'system' || name === 'Signed');

function read(hex) {
  const metadata = unifyMetadata(decAnyMetadata(hex));
  const lookup = getLookupFn(metadata);
  const of = (id) => describe(lookup, id);
  const variants = (entry) => (entry === undefined ? {} : Object.fromEntries(Object.entries(lookup(entry.type ?? entry).value ?? {}).map(([name, inner]) => [name, `${inner.idx} ${variant(of, inner)}`])));
  const list = (items, shape) => Object.fromEntries((items ?? []).map((item) => [item.name, shape(item)]));
  return Object.fromEntries(metadata.pallets.map((pallet) => [pallet.name, {
    call: variants(pallet.calls),
    event: variants(pallet.events),
    error: variants(pallet.errors),
    constant: list(pallet.constants, (constant) => of(constant.type)),
    storage: list(pallet.storage?.items, ({ modifier, type }) => `${modifier === 1 ? 'default' : 'optional'} ${type.tag === 'plain' ? of(type.value) : `${type.value.hashers.map((hasher) => hasher.tag)} ${of(type.value.key)} => ${of(type.value.value)}`}`),
  }]));
}

const ours = read(readFileSync(0, 'utf8').trim());
const theirs = published.map(([name, hex]) => [name, read(hex)]);
let compared = 0;
for (const [pallet, kinds] of Object.entries(ours)) {
  const known = theirs.filter(([, chain]) => pallet in chain);
  if (known.length === 0) continue;
  for (const [kind, items] of Object.entries(kinds)) {
    for (const [name, shape] of Object.entries(items)) {
      const shapes = known.map(([chain, pallets]) => [chain, pallets[pallet][kind][name]]).filter(([, other]) => other !== undefined);
      compared += 1;
      if (shapes.some(([, other]) => other === shape)) continue;
      console.log(`${pallet} ${kind} ${name}: ${shapes.length === 0 ? 'unknown' : `${shape}\n      ${shapes[0][0]}: ${shapes[0][1]}`}`);
    }
  }
}
console.log(`compared: ${compared}`);
