// Reads lines "codec hex" and prints for each, as "text hex", the value that scale-ts and @polkadot-api/substrate-bindings read, and its encoding by them.
import {
  Option, Result, ScaleEnum, Struct, Tuple, Vector, _void, bitSequence, blockHeader, bool, compact, compactBn,
  i8, i16, i32, i64, i128, i256, str, u8, u16, u32, u64, u128, u256, Bytes, selfDecoder, selfEncoder, createCodec, Variant,
} from "@polkadot-api/substrate-bindings"
import { createInterface } from "node:readline"

const tree = createCodec(selfEncoder(() => treeShape.enc), selfDecoder(() => treeShape.dec))
const treeShape = ScaleEnum({ Leaf: u32, Node: Vector(tree), Fork: Struct({ left: tree, right: Option(tree) }), Empty: _void })

const codecs = {
  u8, u16, u32, u64, u128, u256, i8, i16, i32, i64, i128, i256, bool, str,
  compact, compactBn,
  bytes: Bytes(),
  hash: Bytes(32),
  bits: bitSequence,
  "vec-u16": Vector(u16),
  "vec-vec-u8": Vector(Bytes()),
  "array-u16": Vector(u16, 3),
  "option-u32": Option(u32),
  result: Result(u32, str),
  tuple: Tuple(u8, bool, str),
  map: Vector(Tuple(u32, str)),
  set: Vector(u64),
  mode: ScaleEnum({ Off: _void, Slow: _void, Fast: _void }, [0, 5, 255]),
  tree,
  digest: ScaleEnum(
    {
      Other: Bytes(), Consensus: Tuple(Bytes(4), Bytes()), Seal: Tuple(Bytes(4), Bytes()), PreRuntime: Tuple(Bytes(4), Bytes()),
      RuntimeEnvironmentUpdated: _void,
    },
    [0, 4, 5, 6, 8],
  ),
}

const toHex = (bytes) => Buffer.from(bytes).toString("hex")

// Numbers in decimal, texts and bytes in hexadecimal, sequences in brackets, nothing as "none", variants as their name and value.
const print = (value) => {
  if (value === undefined) return "none"
  if (typeof value === "string") return "s" + toHex(Buffer.from(value, "utf8"))
  if (value instanceof Uint8Array) return "x" + toHex(value)
  if (Array.isArray(value)) return "[" + value.map(print).join(",") + "]"
  if (typeof value === "object") {
    if ("success" in value) return (value.success ? "ok(" : "err(") + print(value.value) + ")"
    if ("tag" in value) return value.tag + "(" + print(value.value) + ")"
    if ("type" in value) return value.type + "(" + print(value.value) + ")"
    if ("bitsLen" in value) return "bits" + value.bitsLen + "x" + toHex(value.bytes)
    return "{" + Object.values(value).map(print).join(",") + "}"
  }
  return String(value)
}

const output = []
for await (const line of createInterface({ input: process.stdin })) {
  const [name, hex] = line.split(" ")
  const bytes = Uint8Array.from(Buffer.from(hex, "hex"))
  if (name === "header") {
    const header = blockHeader.dec(bytes)
    output.push([header.parentHash, header.number, header.stateRoot, header.extrinsicRoot, header.digests.length].join(",") + " " + toHex(blockHeader.enc(header)))
    continue
  }

  const value = codecs[name].dec(bytes)
  output.push(print(value) + " " + toHex(codecs[name].enc(value)))
}

console.log(output.join("\n"))
