using System.Text;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Testing.Wasm;

namespace Phala.Tests.Cli;

/// <summary>A contract that stores as many bytes as it is told, whose other constructor gives it other code, and whose file's texts forge lines and move cursors.</summary>
internal static class HoardContract
{
    private const string Text = """
        (module
          (import "env" "memory" (memory 1 16))
          (import "seal0" "input" (func $input (param i32 i32)))
          (import "seal2" "set_storage" (func $set_storage (param i32 i32 i32 i32) (result i32)))
          (import "seal0" "set_code_hash" (func $set_code (param i32) (result i32)))
          ;; 0 the key; 252 a length; 256 the input; 1024 the value
          (func $read
            (i32.store (i32.const 252) (i32.const 64))
            (call $input (i32.const 256) (i32.const 252)))
          (func (export "deploy")
            (call $read)
            (if (i32.eq (i32.load (i32.const 256)) (i32.const 0x0b0b0b0b)) (then (drop (call $set_code (i32.const 260))))))
          (func (export "call")
            (call $read)
            (if (i32.ne (i32.load (i32.const 256)) (i32.const 0x0c0c0c0c)) (then unreachable))
            (drop (call $set_storage (i32.const 0) (i32.const 1) (i32.const 1024) (i32.load (i32.const 260))))))
        """;

    /// <summary>The file.</summary>
    public static byte[] File()
    {
        byte[] code = Wat.Compile(Text), hash = new byte[32];
        Blake2b.Hash256(code, hash);
        return Encoding.UTF8.GetBytes($$$"""
            {"source": {"hash": "{{{Hex.Format(hash)}}}", "language": "ink! 5\u009b2J", "wasm": "{{{Hex.Format(code)}}}"},
             "contract": {"name": "hoard\ncontract runs  {{{Hex.Format(hash)}}}\u001b[8m", "version": "1.0.0\u202e"}, "version": 5,
             "spec": {
               "constructors": [
                 {"args": [], "label": "new", "payable": true, "selector": "0x0a0a0a0a"},
                 {"args": [{"label": "code", "type": {"type": 1}}], "label": "become", "payable": false, "selector": "0x0b0b0b0b"}],
               "messages": [{"args": [{"label": "bytes\r", "type": {"type": 0}}], "label": "keep", "mutates": true, "payable": false, "selector": "0x0c0c0c0c"},
                 {"args": [], "label": "spoil\nresult  ok", "mutates": true, "payable": false, "selector": "0x0d0d0d0d"}],
               "events": []},
             "types": [{"id": 0, "type": {"def": {"primitive": "u32"} } }, {"id": 1, "type": {"def": {"array": {"len": 32, "type": 2} } } }, {"id": 2, "type": {"def": {"primitive": "u8"} } }]}
            """);
    }
}
