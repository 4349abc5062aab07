// @polkadot-labs/schnorrkel-wasm on one case per line: seed, message, chain code, our signature.
// Out come: key pair, their signature, whether ours verifies, hard child's seed, hard child's pair, soft child's pair, soft child's public key from the public key.
import * as schnorrkel from '@polkadot-labs/schnorrkel-wasm';
import { bytes, hex, lines } from './lines.mjs';

console.log(lines().map((line) => {
  const [seed, message, chainCode, signature] = line.split(' ').map((field) => bytes(field === '-' ? '' : field));
  const pair = schnorrkel.sr25519_keypair_from_seed(seed);
  const secret = pair.slice(0, 64), own = pair.slice(64);
  return [
    hex(pair),
    hex(schnorrkel.sr25519_sign(own, secret, message)),
    schnorrkel.sr25519_verify(own, message, signature),
    hex(schnorrkel.sr25519_derive_seed_hard(seed, chainCode)),
    hex(schnorrkel.sr25519_derive_keypair_hard(pair, chainCode)),
    hex(schnorrkel.sr25519_derive_keypair_soft(pair, chainCode)),
    hex(schnorrkel.sr25519_derive_public_soft(own, chainCode)),
  ].join(' ');
}).join('\n'));
