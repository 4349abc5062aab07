// @polkadot/api-contract as the clients of contracts use it.
// Standard input is JSON: the contract's file, calls (constructor or message, arguments), what a query and an estimate of a deployment answered, outputs of messages, all in hexadecimal.
// Standard output is JSON: for each version of the package, how it encodes the calls and what it reads of the answers.
const warnings = [];
const keep = (...texts) => texts.join(' ').includes('has multiple versions') || warnings.push(texts.join(' '));
for (const level of ['warn', 'error']) console[level] = keep;

const { readFileSync } = await import('node:fs');
const input = JSON.parse(readFileSync(0, 'utf8'));
const hex = (bytes) => `0x${Buffer.from(bytes).toString('hex')}`;

function read({ Abi }) {
  const abi = new Abi(input.file);
  const find = (call) => (call.kind === 'constructor' ? abi.findConstructor(call.name) : abi.findMessage(call.name));
  const output = (call, data) => abi.registry.createTypeUnsafe(find(call).returnType.lookupName || find(call).returnType.type, [data]).toJSON();
  const result = (type, call, data) => {
    const { result, debugMessage, gasConsumed, gasRequired, storageDeposit } = abi.registry.createType(type, data);
    const seen = { gas: [gasConsumed.refTime.toString(), gasRequired.refTime.toString()], deposit: storageDeposit.toHuman(), debug: debugMessage.toString(), isOk: result.isOk };
    if (result.isErr) return { ...seen, error: result.asErr.toHuman() };
    const value = type === 'ContractInstantiateResult' ? result.asOk.result : result.asOk;
    return { ...seen, flags: value.flags.toHuman(), output: output(call, value.data.toU8a(true)), account: type === 'ContractInstantiateResult' ? hex(result.asOk.accountId.toU8a()) : undefined };
  };
  return {
    constructors: abi.constructors.map((each) => each.method),
    messages: abi.messages.map((each) => `${each.method} ${each.isMutating} ${each.isPayable}`),
    hash: abi.info.source.wasmHash.toHex(),
    calls: input.calls.map((call) => bare(find(call).toU8a(call.args))),
    queries: input.queries.map(({ call, data }) => result('ContractExecResult', call, data)),
    deployments: input.deployments.map(({ call, data }) => result('ContractInstantiateResult', call, data)),
    outputs: input.outputs.map(({ call, data }) => output(call, data)),
  };
}

// The package puts the length of the whole before selector and arguments, as an extrinsic has it.
function bare(bytes) {
  return hex(bytes.slice([1, 2, 4][bytes[0] & 3]));
}

const versions = { current: await import('@polkadot/api-contract'), ten: await import('polkadot-contract-10') };
const seen = Object.fromEntries(Object.entries(versions).map(([name, version]) => [name, read(version)]));
console.log(JSON.stringify({ ...seen, warnings }));
