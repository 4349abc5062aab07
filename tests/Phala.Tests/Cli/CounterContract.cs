using System.Text;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Testing.Wasm;

namespace Phala.Tests.Cli;

/// <summary>A contract that counts up to 1000, in WebAssembly's text form, and its file as the tool chain of ink! 5 would write it.</summary>
internal static class CounterContract
{
    private const string Text = """
        (module
          (import "env" "memory" (memory 1 16))
          (import "seal0" "input" (func $input (param i32 i32)))
          (import "seal1" "get_storage" (func $get_storage (param i32 i32 i32 i32) (result i32)))
          (import "seal2" "set_storage" (func $set_storage (param i32 i32 i32 i32) (result i32)))
          (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
          ;; 0 the key; 32 the value; 64 the output; 252 a length; 256 the input
          (func $read
            (i32.store (i32.const 252) (i32.const 64))
            (call $input (i32.const 256) (i32.const 252)))
          (func $value (result i32)
            (i32.store (i32.const 252) (i32.const 4))
            (drop (call $get_storage (i32.const 0) (i32.const 1) (i32.const 32) (i32.const 252)))
            (i32.load (i32.const 32)))
          (func $keep (param $value i32)
            (if (i32.gt_u (local.get $value) (i32.const 1000)) (then
              (i32.store (i32.const 64) (i32.const 0x100))
              (call $return (i32.const 1) (i32.const 64) (i32.const 3))))
            (i32.store (i32.const 32) (local.get $value))
            (drop (call $set_storage (i32.const 0) (i32.const 1) (i32.const 32) (i32.const 4))))
          (func (export "deploy")
            (call $read)
            (if (i32.ne (i32.load (i32.const 256)) (i32.const 0x5e9dae9b)) (then unreachable))
            (call $keep (i32.load (i32.const 260)))
            (i32.store (i32.const 64) (i32.const 0))
            (call $return (i32.const 0) (i32.const 64) (i32.const 2)))
          (func (export "call") (local $sum i32)
            (call $read)
            (if (i32.eq (i32.load (i32.const 256)) (i32.const 0x04030201)) (then
              (i32.store8 (i32.const 64) (i32.const 0))
              (i32.store (i32.const 65) (call $value))
              (call $return (i32.const 0) (i32.const 64) (i32.const 5))))
            (if (i32.eq (i32.load (i32.const 256)) (i32.const 0x08070605)) (then
              (local.set $sum (i32.add (call $value) (i32.load (i32.const 260))))
              (call $keep (local.get $sum))
              (i32.store16 (i32.const 64) (i32.const 0))
              (i32.store (i32.const 66) (local.get $sum))
              (call $return (i32.const 0) (i32.const 64) (i32.const 6))))
            unreachable))
        """;

    private const string Description = """
        "spec": {
          "constructors": [{"args": [{"label": "start", "type": {"displayName": ["u32"], "type": 0}}], "default": false, "docs": [], "label": "new", "payable": false, "returnType": {"displayName": [], "type": 6}, "selector": "0x9bae9d5e"}],
          "messages": [
            {"args": [], "default": false, "docs": [], "label": "get", "mutates": false, "payable": false, "returnType": {"displayName": [], "type": 4}, "selector": "0x01020304"},
            {"args": [{"label": "by", "type": {"displayName": ["u32"], "type": 0}}], "default": false, "docs": [], "label": "Counter::add", "mutates": true, "payable": false, "returnType": {"displayName": [], "type": 5}, "selector": "0x05060708"}],
          "events": [], "docs": [], "environment": {}, "lang_error": {"displayName": [], "type": 1}},
        "storage": {},
        "types": [
          {"id": 0, "type": {"def": {"primitive": "u32"}}},
          {"id": 1, "type": {"def": {"variant": {"variants": [{"index": 1, "name": "CouldNotReadInput"}]}}, "path": ["ink_primitives", "LangError"]}},
          {"id": 2, "type": {"def": {"variant": {"variants": [{"index": 0, "name": "TooMuch"}]}}, "path": ["counter", "Error"]}},
          {"id": 3, "type": {"def": {"variant": {"variants": [{"fields": [{"type": 0}], "index": 0, "name": "Ok"}, {"fields": [{"type": 2}], "index": 1, "name": "Err"}]}}, "path": ["Result"], "params": [{"name": "T", "type": 0}, {"name": "E", "type": 2}]}},
          {"id": 4, "type": {"def": {"variant": {"variants": [{"fields": [{"type": 0}], "index": 0, "name": "Ok"}, {"fields": [{"type": 1}], "index": 1, "name": "Err"}]}}, "path": ["Result"], "params": [{"name": "T", "type": 0}, {"name": "E", "type": 1}]}},
          {"id": 5, "type": {"def": {"variant": {"variants": [{"fields": [{"type": 3}], "index": 0, "name": "Ok"}, {"fields": [{"type": 1}], "index": 1, "name": "Err"}]}}, "path": ["Result"], "params": [{"name": "T", "type": 3}, {"name": "E", "type": 1}]}},
          {"id": 6, "type": {"def": {"variant": {"variants": [{"fields": [{"type": 7}], "index": 0, "name": "Ok"}, {"fields": [{"type": 1}], "index": 1, "name": "Err"}]}}, "path": ["Result"], "params": [{"name": "T", "type": 7}, {"name": "E", "type": 1}]}},
          {"id": 7, "type": {"def": {"variant": {"variants": [{"fields": [{"type": 8}], "index": 0, "name": "Ok"}, {"fields": [{"type": 2}], "index": 1, "name": "Err"}]}}, "path": ["Result"], "params": [{"name": "T", "type": 8}, {"name": "E", "type": 2}]}},
          {"id": 8, "type": {"def": {"tuple": []}}}]
        """;

    /// <summary>The file.</summary>
    public static byte[] File()
    {
        byte[] code = Wat.Compile(Text), hash = new byte[32];
        Blake2b.Hash256(code, hash);
        return Encoding.UTF8.GetBytes($$"""
            {"source": {"hash": "{{Hex.Format(hash)}}", "language": "ink! 5.0.0", "compiler": "wat2wasm", "wasm": "{{Hex.Format(code)}}"},
             "contract": {"name": "counter", "version": "1.0.0", "authors": ["Alice"]}, "version": 5, {{Description}}}
            """);
    }
}
