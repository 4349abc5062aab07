// Reads an encoded type registry in hexadecimal and prints it as JSON, as @polkadot-api/substrate-bindings and @polkadot/types read it.
import { v14Lookup } from "@polkadot-api/substrate-bindings"
import { TypeRegistry } from "@polkadot/types"
import { readFileSync } from "node:fs"

const hex = readFileSync(0, "utf8").trim()
const papi = v14Lookup.dec(hex)
const portable = new TypeRegistry().createType("PortableRegistry", hex)
const plain = (key, value) => (typeof value === "bigint" ? Number(value) : value === undefined ? null : value)
console.log(
  JSON.stringify(
    {
      papi,
      papiHex: Buffer.from(v14Lookup.enc(papi)).toString("hex"),
      polkadotCount: portable.types.length,
      polkadotHex: Buffer.from(portable.toU8a()).toString("hex"),
    },
    plain,
  ),
)
