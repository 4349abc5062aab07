// Runs the chain's :code in Node's own WebAssembly with the host functions of a light client.
// Standard input is JSON: the module, storage as pairs of key and value, and calls as pairs of export and arguments, all in hexadecimal.
// Standard output is JSON: whether the module is valid, what it imports and exports, and the answer of each call, null where it traps, with the storage keys that it read.
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { blake2AsU8a, ed25519Verify, sr25519Verify, xxhashAsU8a } from '@polkadot/util-crypto';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { readFileSync } from 'node:fs';

await cryptoWaitReady();
const input = JSON.parse(readFileSync(0, 'utf8'));
const bytes = (text) => Uint8Array.from(Buffer.from(text.slice(2), 'hex'));
const hex = (data) => `0x${Buffer.from(data).toString('hex')}`;
const code = bytes(input.code);
const module = new WebAssembly.Module(code);
const compact = (n) => (n < 64 ? [n << 2] : n < 16384 ? [(n << 2) & 255 | 1, n >> 6] : [((n << 2) & 255) | 2, (n >> 6) & 255, (n >> 14) & 255, (n >> 22) & 255]);

function call(storage, name, argument) {
  let instance, free, read = [];
  const view = (pointer, length) => new Uint8Array(instance.exports.memory.buffer, pointer >>> 0, length);
  const take = (span) => view(Number(span & 0xffffffffn), Number(BigInt.asUintN(64, span) >> 32n)).slice();
  const allocate = (length) => {
    const pointer = free;
    free = (free + length + 7) & ~7;
    const memory = instance.exports.memory;
    if (free > memory.buffer.byteLength) memory.grow(Math.ceil((free - memory.buffer.byteLength) / 65536));
    return pointer;
  };
  const place = (data) => { const pointer = allocate(data.length); view(pointer, data.length).set(data); return pointer; };
  const span = (data) => (BigInt(data.length) << 32n) | BigInt(place(data));
  const env = {
    ext_storage_get_version_1: (key) => {
      const text = hex(take(key));
      read.push(text);
      const value = storage.get(text);
      return span(value === undefined ? Uint8Array.of(0) : Uint8Array.from([1, ...compact(value.length), ...value]));
    },
    ext_hashing_blake2_128_version_1: (data) => place(blake2AsU8a(take(data), 128)),
    ext_hashing_blake2_256_version_1: (data) => place(blake2AsU8a(take(data), 256)),
    ext_hashing_twox_64_version_1: (data) => place(xxhashAsU8a(take(data), 64)),
    ext_crypto_ed25519_verify_version_1: (signature, message, key) => Number(ed25519Verify(take(message), view(signature, 64).slice(), view(key, 32).slice())),
    ext_crypto_sr25519_verify_version_2: (signature, message, key) => Number(sr25519Verify(take(message), view(signature, 64).slice(), view(key, 32).slice())),
    ext_crypto_secp256k1_ecdsa_recover_compressed_version_2: (signature, hash) => {
      const [compactBytes, recovery] = [view(signature, 64).slice(), view(signature + 64, 1)[0]];
      try {
        return span(Uint8Array.from([0, ...secp256k1.recoverPublicKey(Uint8Array.from([recovery, ...compactBytes]), view(hash, 32).slice(), { prehash: false })]));
      } catch {
        return span(Uint8Array.of(1, 2));
      }
    },
    ext_allocator_malloc_version_1: allocate,
  };
  instance = new WebAssembly.Instance(module, { env });
  free = instance.exports.__heap_base.value;
  const data = bytes(argument);
  const pointer = place(data);
  try {
    return { answer: hex(take(instance.exports[name](pointer, data.length))), read };
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return { answer: null, read };
    throw error;
  }
}

console.log(JSON.stringify({
  isValid: WebAssembly.validate(code),
  imports: WebAssembly.Module.imports(module).map(({ module, name, kind }) => `${kind} ${module}.${name}`),
  exports: WebAssembly.Module.exports(module).map(({ name, kind }) => `${kind} ${name}`),
  answers: input.calls.map(([name, argument, storage]) => call(new Map(storage.map(([key, value]) => [key, bytes(value)])), name, argument)),
}));
