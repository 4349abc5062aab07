// Reads lines of fields parted by tabs and prints one line for each, by @polkadot/util-crypto:
//   ss58 account prefix          -> address
//   entropy phrase               -> entropy
//   mnemonic phrase password     -> entropy, Substrate's seed, the standard's seed
//   suri scheme uri              -> public key
import { readFileSync } from 'node:fs';
import {
  cryptoWaitReady, ed25519PairFromSeed, encodeAddress, keyExtractSuri, keyFromPath, mnemonicToEntropy, mnemonicToLegacySeed, mnemonicToMiniSecret,
  secp256k1PairFromSeed, sr25519PairFromSeed,
} from '@polkadot/util-crypto';

await cryptoWaitReady();
const development = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk';
const fromSeed = { sr25519: sr25519PairFromSeed, ed25519: ed25519PairFromSeed, ecdsa: secp256k1PairFromSeed };
const bytes = (hex) => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (data) => Buffer.from(data).toString('hex');

const operations = {
  ss58: (account, prefix) => encodeAddress(bytes(account), Number(prefix)),
  entropy: (phrase) => hex(mnemonicToEntropy(phrase)),
  mnemonic: (phrase, password) =>
    [mnemonicToEntropy(phrase), mnemonicToMiniSecret(phrase, password), mnemonicToLegacySeed(phrase, password, false, 64)].map(hex).join(' '),
  suri: (scheme, uri) => {
    const { password, path, phrase } = keyExtractSuri(uri.startsWith('/') ? development + uri : uri);
    const seed = phrase.startsWith('0x') ? bytes(phrase.slice(2)) : mnemonicToMiniSecret(phrase, password);
    return hex(keyFromPath(fromSeed[scheme](seed), path, scheme).publicKey);
  },
};

const output = [];
for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const [operation, ...fields] = line.split('\t');
  output.push(operations[operation](...fields));
}
console.log(output.join('\n'));
