using System.Text;
using Phala.Codec;
using Phala.Crypto.Hashing;

namespace Phala.Fuzz.Targets.Client;

/// <summary>Small contracts' files in the forms of ink! 3, 4 and 5.</summary>
public static class ContractFileSamples
{
    private static readonly byte[] Code = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

    /// <summary>A token as ink! 5 describes it: every kind of type.</summary>
    public static byte[] Five { get; } = Of("5", """
        "version": 5, "image": null,
        """ + Body());

    /// <summary>The same as ink! 4 describes it.</summary>
    public static byte[] Four { get; } = Of("4", """
        "version": "4",
        """ + Body());

    /// <summary>A switch as ink! 3 describes it in its last form.</summary>
    public static byte[] Three { get; } = Of("3", """
        "V3": {"spec": {
          "constructors": [{"args": [{"label": "on", "type": {"displayName": ["bool"], "type": 0}}], "docs": [], "label": "new", "payable": true, "selector": "0x9bae9d5e"}],
          "messages": [{"args": [], "docs": [], "label": "Switch::get", "mutates": false, "payable": false, "returnType": {"displayName": ["bool"], "type": 0}, "selector": "0x2f865bd9"}],
          "events": [], "docs": []}, "storage": {}, "types": [{"id": 0, "type": {"def": {"primitive": "bool"}}}]}
        """);

    /// <summary>A dial as the very first ink! 3 describes it: types have no numbers, their ids begin with 1, and variants have their place or a discriminant.</summary>
    public static byte[] Zero { get; } = Of("3.0.0-rc5", """
        "metadataVersion": "0.1.0",
        "spec": {
          "constructors": [{"args": [{"name": "at", "type": {"displayName": ["Place"], "type": 3}}], "docs": [], "name": ["new"], "selector": "0x9bae9d5e"}],
          "messages": [
            {"args": [{"name": "by", "type": {"displayName": ["Turn"], "type": 4}}], "docs": [], "mutates": true, "name": ["Dial", "turn"], "payable": false, "returnType": null, "selector": "0x633aa551"},
            {"args": [], "docs": [], "mutates": false, "name": ["get"], "payable": false, "returnType": {"displayName": ["Mode"], "type": 5}, "selector": "0x2f865bd9"}],
          "events": [{"args": [{"docs": [], "indexed": false, "name": "at", "type": {"displayName": ["Place"], "type": 3}}], "docs": [], "name": "Turned"}], "docs": []},
        "storage": {},
        "types": [
          {"def": {"primitive": "u32"}},
          {"def": {"primitive": "bool"}},
          {"def": {"tuple": [1, 2]}},
          {"def": {"variant": {"variants": [{"name": "None"}, {"name": "Left", "fields": [{"type": 1}]}, {"name": "To", "fields": [{"name": "place", "type": 3, "typeName": "Place"}]}]}}, "path": ["dial", "Turn"]},
          {"def": {"variant": {"variants": [{"name": "Off", "discriminant": 3}, {"name": "On", "discriminant": 5}]}}, "path": ["dial", "Mode"]},
          {"def": {"phantom": {"type": 1}}}]
        """);

    /// <summary>A switch as the first ink! 3 describes it.</summary>
    public static byte[] One { get; } = Of("3.0.0-rc6", """
        "V1": {"spec": {
          "constructors": [{"args": [{"name": "on", "type": {"displayName": ["bool"], "type": 0}}], "docs": [], "name": ["new"], "selector": "0x9bae9d5e"}],
          "messages": [{"args": [], "docs": [], "mutates": true, "name": ["Switch", "flip"], "payable": false, "returnType": null, "selector": "0x633aa551"}],
          "events": [{"args": [{"docs": [], "indexed": true, "name": "on", "type": {"displayName": ["bool"], "type": 0}}], "docs": [], "name": "Flipped"}], "docs": []},
          "types": [{"id": 0, "type": {"def": {"primitive": "bool"}}}]}
        """);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<byte[]> All { get; } = [Five, Four, Three, One, Zero];

    private static byte[] Of(string language, string body)
    {
        byte[] hash = new byte[32];
        Blake2b.Hash256(Code, hash);
        return Encoding.UTF8.GetBytes($$"""
            {"source": {"hash": "{{Hex.Format(hash)}}", "language": "ink! {{language}}", "compiler": "rustc", "wasm": "{{Hex.Format(Code)}}"},
             "contract": {"name": "sample", "version": "0.1.0", "authors": ["Alice"]}, {{body}}}
            """);
    }

    private static string Body() => """
        "spec": {
          "constructors": [{"args": [{"label": "supply", "type": {"displayName": ["Balance"], "type": 0}}], "default": false, "docs": ["Makes one."], "label": "new", "payable": false,
            "returnType": {"displayName": ["ink_primitives", "ConstructorResult"], "type": 15}, "selector": "0x9bae9d5e"}],
          "messages": [
            {"args": [{"label": "to", "type": {"displayName": ["AccountId"], "type": 3}}, {"label": "value", "type": {"displayName": ["Balance"], "type": 0}}], "docs": [], "label": "Token::transfer",
             "mutates": true, "payable": true, "returnType": {"displayName": ["ink", "MessageResult"], "type": 15}, "selector": "0xdb20f9f5"},
            {"args": [{"label": "order", "type": {"displayName": ["Order"], "type": 8}}], "docs": [], "label": "place", "mutates": true, "payable": false, "returnType": null, "selector": "0x01020304"},
            {"args": [], "docs": [], "label": "total", "mutates": false, "payable": false, "returnType": {"displayName": ["Balance"], "type": 0}, "selector": "0xdb6375a8"}],
          "events": [{"args": [{"docs": [], "indexed": true, "label": "from", "type": {"displayName": ["Option"], "type": 9}}], "docs": [], "label": "Transfer", "module_path": "token",
            "signature_topic": "0xb5b61a3e6a21a16be4f044b517c28ac692492f73c5bfd3f60178ad98c767f4cb"}],
          "docs": [], "environment": {}, "lang_error": {"displayName": ["ink", "LangError"], "type": 14}},
        "storage": {},
        "types": [
          {"id": 0, "type": {"def": {"primitive": "u128"}}},
          {"id": 1, "type": {"def": {"primitive": "u8"}}},
          {"id": 2, "type": {"def": {"array": {"len": 32, "type": 1}}}},
          {"id": 3, "type": {"def": {"composite": {"fields": [{"type": 2, "typeName": "[u8; 32]"}]}}, "path": ["ink_primitives", "types", "AccountId"]}},
          {"id": 4, "type": {"def": {"sequence": {"type": 1}}}},
          {"id": 5, "type": {"def": {"primitive": "str"}}},
          {"id": 6, "type": {"def": {"tuple": [5, 0]}}},
          {"id": 7, "type": {"def": {"sequence": {"type": 6}}}},
          {"id": 8, "type": {"def": {"composite": {"fields": [{"name": "owner", "type": 3}, {"name": "note", "type": 4}, {"name": "items", "type": 7}, {"name": "side", "type": 10}, {"name": "last", "type": 9}]}}, "path": ["token", "Order"]}},
          {"id": 9, "type": {"def": {"variant": {"variants": [{"index": 0, "name": "None"}, {"fields": [{"type": 3}], "index": 1, "name": "Some"}]}}, "params": [{"name": "T", "type": 3}], "path": ["Option"]}},
          {"id": 10, "type": {"def": {"variant": {"variants": [{"index": 0, "name": "Buy"}, {"fields": [{"type": 11}], "index": 2, "name": "Sell"}, {"fields": [{"name": "price", "type": 0}], "index": 7, "name": "Limit"}]}}, "path": ["token", "Side"]}},
          {"id": 11, "type": {"def": {"compact": {"type": 12}}}},
          {"id": 12, "type": {"def": {"primitive": "u32"}}},
          {"id": 13, "type": {"def": {"tuple": []}}},
          {"id": 14, "type": {"def": {"variant": {"variants": [{"index": 1, "name": "CouldNotReadInput"}]}}, "path": ["ink_primitives", "LangError"]}},
          {"id": 15, "type": {"def": {"variant": {"variants": [{"fields": [{"type": 13}], "index": 0, "name": "Ok"}, {"fields": [{"type": 14}], "index": 1, "name": "Err"}]}}, "path": ["Result"]}},
          {"id": 16, "type": {"def": {"bitsequence": {"bit_order_type": 17, "bit_store_type": 1}}}},
          {"id": 17, "type": {"def": {"composite": {}}, "path": ["bitvec", "order", "Lsb0"]}}]
        """;
}
