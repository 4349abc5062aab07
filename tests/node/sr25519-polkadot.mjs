// @polkadot/wasm-crypto on one case per line: seed, message, chain code, peer's public key, our signature, our VRF pre-output and proof.
// Out come: key pair (secret in the ed25519 form ‖ public), their signature, whether ours verifies, hard child's pair, soft child's pair, soft child's public key
// from the public key alone, agreed secret, their VRF pre-output and proof, whether ours verifies.
import * as wasm from '@polkadot/wasm-crypto';
import { bytes, hex, lines } from './lines.mjs';

await wasm.waitReady();
const context = Buffer.from('vrf-context'), extra = Buffer.from('extra');

console.log(lines().map((line) => {
  const [seed, message, chainCode, peer, signature, vrf] = line.split(' ').map((field) => bytes(field === '-' ? '' : field));
  const pair = wasm.sr25519KeypairFromSeed(seed);
  const secret = pair.slice(0, 64), own = pair.slice(64);
  return [
    hex(pair),
    hex(wasm.sr25519Sign(own, secret, message)),
    wasm.sr25519Verify(signature, message, own),
    hex(wasm.sr25519DeriveKeypairHard(pair, chainCode)),
    hex(wasm.sr25519DeriveKeypairSoft(pair, chainCode)),
    hex(wasm.sr25519DerivePublicSoft(own, chainCode)),
    hex(wasm.sr25519Agree(peer, secret)),
    hex(wasm.vrfSign(secret, context, message, extra)),
    wasm.vrfVerify(own, context, message, extra, vrf),
  ].join(' ');
}).join('\n'));
