// Reads a contract's descriptions, calls, outputs and events as JSON, and prints what @polkadot/api-contract and PAPI's ink tools make of them.
import { Abi } from "@polkadot/api-contract"
import { generateInkTypes } from "@polkadot-api/codegen"
import { getInkClient, getInkLookup } from "@polkadot-api/ink-contracts"
import { readFileSync } from "node:fs"

const { five, four, calls, outputs, events, storage } = JSON.parse(readFileSync(0, "utf8"))
const hex = (bytes) => "0x" + Buffer.from(bytes).toString("hex")
const big = (key, value) => (typeof value === "bigint" ? value.toString() : value instanceof Uint8Array ? hex(value) : value)
const revive = (value) =>
  typeof value === "string" && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1))
  : typeof value === "string" && /^bytes:/.test(value) ? new Uint8Array(Buffer.from(value.slice(6), "hex"))
  : Array.isArray(value) ? value.map(revive)
  : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, revive(each)]))
  : value

const read = (json) => {
  const abi = new Abi(json)
  const find = (label) => [...abi.messages, ...abi.constructors].find((each) => each.identifier === label)
  return {
    labels: abi.messages.map((each) => each.identifier),
    encoded: calls.map(({ label, args }) => hex(find(label).toU8a(args).slice(1))),
    decoded: outputs.map(({ label, data }) => {
      const message = find(label)
      return abi.registry.createTypeUnsafe(message.returnType.lookupName || message.returnType.type, [Buffer.from(data.slice(2), "hex")]).toJSON()
    }),
    events: json.version == 5 ? events.map(({ topics, data }) => {
      const found = abi.events.find((each) => each.signatureTopic === topics[0])
      return found.fromU8a(Buffer.from(data.slice(2), "hex")).args.map((each) => each.toJSON())
    }) : [],
  }
}

const client = getInkClient({ metadata: five })
const former = getInkClient({ metadata: four })
const isConstructor = (label) => five.spec.constructors.some((each) => each.label === label)
const papi = (of) => ({
  encoded: calls.map(({ label, papi }) => hex((isConstructor(label) ? of.constructor(label) : of.message(label)).encode(revive(papi)))),
  decoded: outputs.map(({ label, data }) => (isConstructor(label) ? of.constructor(label) : of.message(label)).decode({ data: new Uint8Array(Buffer.from(data.slice(2), "hex")) })),
})
console.log(JSON.stringify({
  five: read(five),
  four: read(four),
  papiFive: papi(client),
  papiFour: papi(former),
  papiEvents: events.map(({ topics, data }) => client.event.decode({ data: new Uint8Array(Buffer.from(data.slice(2), "hex")) }, topics[0])),
  papiTypes: generateInkTypes(getInkLookup(five)),
  papiStorage: storage.map(({ path, key, value }) => ({ key: hex(client.storage(path).encode(revive(key))), value: client.storage(path).decode(new Uint8Array(Buffer.from(value.slice(2), "hex"))) })),
}, big))
