using System.Globalization;
using System.Text;
using Phala.Clusters.Wasm;
using Phala.Crypto.Hashing;
using Phala.Testing.Wasm;
using Phala.Trie;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Tests.Clusters.Wasm;

/// <summary>A contract that runs a script: its input says which functions of the host it calls, with what. It imports every function that there is.</summary>
/// <remarks>
/// The script is read to <see cref="ScriptAt"/>, what it gives is written from <see cref="TranscriptAt"/> on; below there is room for what a script writes. Steps: 0 end; 1 write (pointer, length, bytes);
/// 2 call (function, arguments of 8 bytes each): the result follows in the transcript, 8 bytes; 3 show (pointer, length): bytes follow in the transcript; 4 run for ever; 5 trap; 6 revert.
/// </remarks>
internal static class ProbeContract
{
    public const int ScriptAt = 0x10000, TranscriptAt = 0x40000, Pages = 16;

    /// <summary>All functions, in the order of their numbers.</summary>
    public static IReadOnlyList<(string Module, string Name)> Functions { get; } = [.. HostAbi.Functions.Keys.OrderBy(key => key.Module, StringComparer.Ordinal).ThenBy(key => key.Name, StringComparer.Ordinal)];

    private static readonly Lazy<byte[]> Compiled = new(() => Wat.Compile(Text()));

    public static byte[] Code => Compiled.Value;

    public static Hash256 CodeHash => HashOf(Code);

    /// <summary>The same contract as other code: with a section that says nothing.</summary>
    public static byte[] Variant(byte number) => [.. Code, 0, 2, 1, (byte)('a' + number)];

    public static Hash256 VariantHash(byte number) => HashOf(Variant(number));

    public static Hash256 HashOf(ReadOnlySpan<byte> code)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(code, hash);
        return new Hash256(hash);
    }

    public static FunctionType TypeOf(int function) => HostAbi.Functions[Functions[function]].Type;

    /// <summary>The text of the module.</summary>
    public static string Text()
    {
        StringBuilder text = new("(module\n");
        for (int at = 0; at < Functions.Count; at++)
        {
            HostFunction function = HostAbi.Functions[Functions[at]];
            string parameters = string.Concat(function.Type.Parameters.ToArray().Select(kind => $" (param {Name(kind)})")), results = string.Concat(function.Type.Results.ToArray().Select(kind => $" (result {Name(kind)})"));
            text.Append(CultureInfo.InvariantCulture, $"(import \"{Functions[at].Module}\" \"{Functions[at].Name}\" (func $f{at}{parameters}{results}))\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"(import \"env\" \"memory\" (memory {Pages} 64))\n(global $p (mut i32) (i32.const 0))\n(global $t (mut i32) (i32.const {TranscriptAt}))\n");
        text.Append(CultureInfo.InvariantCulture, $"(table {Functions.Count} funcref)\n(elem (i32.const 0)");
        for (int at = 0; at < Functions.Count; at++) text.Append(CultureInfo.InvariantCulture, $" $c{at}");
        text.Append(")\n(func $arg (result i64) (i64.load (global.get $p)) (global.set $p (i32.add (global.get $p) (i32.const 8))))\n");
        text.Append("(func $word (result i32) (i32.load (global.get $p)) (global.set $p (i32.add (global.get $p) (i32.const 4))))\n");
        text.Append("(func $told (param i64) (i64.store (global.get $t) (local.get 0)) (global.set $t (i32.add (global.get $t) (i32.const 8))))\n");
        for (int at = 0; at < Functions.Count; at++) text.Append(Case(at, HostAbi.Functions[Functions[at]].Type));
        return text.Append(Interpreter()).Append("(func (export \"deploy\") (call $run))\n(func (export \"call\") (call $run)))\n").ToString();
    }

    private static string Case(int at, FunctionType type)
    {
        string arguments = string.Concat(type.Parameters.ToArray().Select(kind => kind == ValueKind.I64 ? " (call $arg)" : " (i32.wrap_i64 (call $arg))"));
        string call = $"(call $f{at}{arguments})";
        string told = type.Results.Length == 0 ? $"{call} (call $told (i64.const 0))" : type.Results[0] == ValueKind.I64 ? $"(call $told {call})" : $"(call $told (i64.extend_i32_s {call}))";
        return $"(func $c{at} {told})\n";
    }

    private static string Interpreter()
    {
        int input = Functions.Index().First(item => item.Item == ("seal0", "input")).Index, back = Functions.Index().First(item => item.Item == ("seal0", "seal_return")).Index;
        return string.Create(CultureInfo.InvariantCulture, $"""
            (func $copy (param $to i32) (param $from i32) (param $length i32) (memory.copy (local.get $to) (local.get $from) (local.get $length)))
            (func $run (local $op i32) (local $a i32) (local $b i32)
              (i32.store (i32.const {ScriptAt - 4}) (i32.const {TranscriptAt - ScriptAt}))
              (call $f{input} (i32.const {ScriptAt}) (i32.const {ScriptAt - 4}))
              (i32.store (i32.const {ScriptAt - 4}) (i32.const 0))
              (global.set $p (i32.const {ScriptAt}))
              (loop $next
                (local.set $op (i32.load8_u (global.get $p)))
                (global.set $p (i32.add (global.get $p) (i32.const 1)))
                (if (i32.eq (local.get $op) (i32.const 1)) (then
                  (local.set $a (call $word)) (local.set $b (call $word))
                  (call $copy (local.get $a) (global.get $p) (local.get $b))
                  (global.set $p (i32.add (global.get $p) (local.get $b)))
                  (br $next)))
                (if (i32.eq (local.get $op) (i32.const 2)) (then (call_indirect (call $word)) (br $next)))
                (if (i32.eq (local.get $op) (i32.const 3)) (then
                  (local.set $a (call $word)) (local.set $b (call $word))
                  (call $copy (global.get $t) (local.get $a) (local.get $b))
                  (global.set $t (i32.add (global.get $t) (local.get $b)))
                  (br $next)))
                (if (i32.eq (local.get $op) (i32.const 4)) (then (loop $ever (br $ever))))
                (if (i32.eq (local.get $op) (i32.const 5)) (then unreachable))
                (call $f{back} (i32.eq (local.get $op) (i32.const 6)) (i32.const {TranscriptAt}) (i32.sub (global.get $t) (i32.const {TranscriptAt})))))

            """);
    }

    private static string Name(ValueKind kind) => kind == ValueKind.I64 ? "i64" : "i32";
}
